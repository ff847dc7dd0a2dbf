// Generated from the OpenAPI document: npx vitest run test/clients/http -u

export interface paths {
    "/v1/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List payment methods
         * @description Returns what a customer can pay with in a currency. Answers are up to a minute old. Needs the right `read` or `payments`.
         */
        get: operations["listServices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List payments
         * @description Returns your payments, newest first, as JSON or, with `Accept: text/csv`, as CSV. They come from an index that runs a few seconds behind and forgets a payment some weeks after its end. For the current state, use `GET /v1/payments/{orderId}`. Needs the right `read` or `payments`.
         */
        get: operations["listPayments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a payment
         * @description Returns the payment as it stands. Send the `ETag` of the last answer as `If-None-Match` to save traffic. A payment from long ago is answered from Paytone, with 503 while Paytone is out of reach. Needs the right `read` or `payments`.
         */
        get: operations["getPayment"];
        /**
         * Start a payment
         * @description Starts the order's payment, or returns the one that exists. The same terms always get the same payment, however old it is; other terms get 409. Safe to repeat. All order services share one space of order ids: an id that another service has used gets 404, so give yours a prefix. Needs the right `payments`.
         */
        put: operations["startPayment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{orderId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a payment
         * @description Streams the payment as server-sent events: `payment` with a Payment, now and after each change, then `end` once nothing more will happen by itself. If the stream closes without `end`, connect again. Needs the right `read` or `payments`.
         */
        get: operations["followPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{orderId}/method": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose a method
         * @description Records the customer's choice and returns the redirect. Repeating a choice does not start another attempt. A payment that is answered from Paytone alone takes no other choice (409). Needs the right `payments`.
         */
        post: operations["chooseMethod"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{orderId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a payment
         * @description Gives the order up. An invoice that is already open can still be paid until it is final; the payment is `canceling` until then. A payment that is answered from Paytone alone cannot be canceled (409). Needs the right `payments`.
         */
        post: operations["cancelPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{orderId}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refund a payment
         * @description Gives money back, all that is left or a part. Idempotent by `refundId`. A payment that an operator ended is not refunded here (409). Needs the right `refunds`.
         */
        post: operations["refundPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{orderId}/outcomes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List delivered outcomes
         * @description Returns what you were told of a payment: each outcome with the time of every delivery and your receiver's answer. Empty for payments that are answered from Paytone alone. With several endpoints, a delivery is `taken` once each of them has accepted the outcome. Needs the right `read` or `payments`.
         */
        get: operations["listOutcomes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{orderId}/outcomes/{webhookId}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redeliver an outcome
         * @description Sends an outcome again under its `webhook-id`, and answers once your receiver has. An outcome that is waiting or parked is tried at once, after any earlier ones, at the endpoints that have not accepted it yet. Needs the right `payments`.
         */
        post: operations["redeliverOutcome"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/{day}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a day's reconciliation
         * @description Returns the comparison of a day with Paytone, for the account that the order service charges, as JSON, CSV or HTML by `Accept`. It is available from 03:00 UTC of the next day. Needs the right `reports`.
         */
        get: operations["getReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    outcome: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive an outcome
         * @description Sent to each endpoint of your order service that takes its type, with what became of a payment, signed according to Standard Webhooks. Verify the signature, and process each `webhook-id` once.
         */
        post: operations["outcome"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description What a customer can pay with. */
        Services: {
            /** @description Currency that was asked for, as an ISO 4217 code. */
            currency: string;
            /** @description Whether these are test services, which move no money. */
            testMode: boolean;
            /** @description Services on offer. */
            services: components["schemas"]["Service"][];
        };
        /** @description A method in a currency: what a payment is made with. */
        Service: {
            /** @description Code of the service, such as `payment_card_usd_hpp`. */
            code: string;
            /** @description Currency in which the customer pays, as an ISO 4217 code. */
            currency: string;
            /** @description Paytone's name of how the customer pays; `hpp` is its payment page. */
            flow: string;
            method: components["schemas"]["Method"];
            /** @description What the customer fills in. */
            fields: components["schemas"]["ServiceField"][];
            /** @description Least amount, as a decimal string. */
            amountMin: string | null;
            /** @description Greatest amount, as a decimal string. */
            amountMax: string | null;
        };
        /** @description A way to pay, such as a card. */
        Method: {
            /** @description Code of the method, such as `payment_card`. */
            code: string;
            name: components["schemas"]["LocalizedText"];
            /** @description Address of its logo. */
            logo: string | null;
        };
        /** @description A text by language: `en`, `uk`, `ru`. */
        LocalizedText: {
            [key: string]: string;
        };
        /** @description A field that the customer fills in. */
        ServiceField: {
            /** @description Key of the field in `serviceFields`. */
            key: string;
            /** @description Paytone's type of the field, such as `string`. */
            type: string;
            label: components["schemas"]["LocalizedText"];
            hint: components["schemas"]["LocalizedText"] | null;
            /** @description Pattern that the value must match. */
            regexp: string | null;
            /** @description Whether the field must be filled in. */
            required: boolean;
            /** @description Place of the field in a form, from 0. */
            position: number;
        };
        /** @description A payment as it stands. */
        Payment: {
            /** @description Your id of the order. */
            orderId: string;
            status: components["schemas"]["PaymentStatus"];
            amount: components["schemas"]["Amount"];
            /** @description Number of the current attempt, from 1. */
            attempt: number;
            /** @description The current attempt's reference at Paytone. */
            referenceId: string;
            /** @description Paytone's id of the current invoice; null until there is one. */
            invoiceId: string | null;
            /** @description Code of the current service; null until one is chosen. */
            service: string | null;
            redirect: components["schemas"]["Redirect"] | null;
            /** @description What the customer can choose from, while `choosing`. */
            services: components["schemas"]["Service"][];
            /**
             * Format: date-time
             * @description When the time to pay is over.
             */
            expiresAt: string;
            /** @description What led to the decision: `sweep` is the daily reconciliation. Null until decided. */
            decidedBy: ("callback" | "return" | "poll" | "expiry" | "operator" | "sweep") | null;
            /** @description Why the payment stands where it does, written for people. */
            reason: string | null;
            /** @description Refunds, in the order in which they were requested. */
            refunds: components["schemas"]["Refund"][];
            money: components["schemas"]["Money"] | null;
            decline: components["schemas"]["Decline"] | null;
        };
        /**
         * @description Where the payment stands.
         * @enum {string}
         */
        PaymentStatus: "choosing" | "creating" | "awaiting_payment" | "canceling" | "review" | "paid" | "verified" | "failed" | "expired" | "canceled" | "refunding" | "refunded" | "partially_refunded" | "charged_back" | "partially_charged_back";
        /** @description An amount of money, exact to the minor unit. */
        Amount: {
            /** @description The amount as a decimal string, with at most as many decimals as the currency has: `"100.55"`, `"100.5"`, `"100"`. Answers always carry all of them. */
            value: string;
            /** @description The currency, as an ISO 4217 code. */
            currency: string;
        };
        /** @description The customer's way to the payment page. */
        Redirect: {
            /** @description Where to send the browser. */
            url: string;
            /**
             * @description How: a plain link, or a form to post.
             * @enum {string}
             */
            method: "GET" | "POST";
            /** @description Inputs of the form, for `POST`. */
            fields: {
                [key: string]: string;
            };
            /** @description Paytone's own link to the payment page, which works with a plain GET. */
            hppUrl: string | null;
        };
        /** @description A refund of a payment. */
        Refund: {
            /** @description Your id of the refund, or ours if a rule or an operator made it. */
            refundId: string;
            amount: components["schemas"]["Amount"];
            /**
             * @description `pending` until Paytone has given the money back; `refused` if it will not.
             * @enum {string}
             */
            status: "pending" | "processed" | "refused";
            /** @description Why the money goes back, or Paytone's reason for the refusal. */
            reason: string;
        };
        /** @description Where the money is, as Paytone reports it. Null until money moves. */
        Money: {
            /** @description Currency in which the customer paid, as an ISO 4217 code. */
            currency: string;
            /** @description What the customer paid, as a decimal string, a fee on top included. */
            paid: string;
            /** @description Paytone's commission, as a decimal string. */
            fee: string;
            /** @description What was refunded, as a decimal string. */
            refunded: string;
            /** @description What the customer's bank took back, as a decimal string. */
            chargedBack: string;
        };
        /** @description The bank's last refusal. */
        Decline: {
            /** @description Paytone's code, such as `insufficient_funds`. */
            code: string;
        };
        /** @description A page of payments. */
        PaymentList: {
            /** @description Payments, newest first. */
            payments: components["schemas"]["ListedPayment"][];
            /** @description Send it as `cursor` for the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description A payment in a list, as the index knows it. */
        ListedPayment: {
            /** @description Your id of the order. */
            orderId: string;
            status: components["schemas"]["PaymentStatus"];
            amount: components["schemas"]["Amount"];
            /** @description Code of the last attempt's service. */
            service: string | null;
            /** @description Paytone's id of the last attempt's invoice. Null until Paytone was asked about it. */
            invoiceId: string | null;
            /**
             * Format: date-time
             * @description When the payment was started.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the time to pay is over.
             */
            expiresAt: string;
        };
        /** @description What became of a payment, as it is sent to you. */
        Outcome: {
            type: components["schemas"]["OutcomeType"];
            /**
             * Format: date-time
             * @description When it was decided.
             */
            timestamp: string;
            /** @description The `webhook-id` of the outcome that this one replaces. */
            supersedes?: string;
            data: components["schemas"]["Payment"];
        };
        /**
         * @description What became of the payment.
         * @enum {string}
         */
        OutcomeType: "payment.paid" | "payment.verified" | "payment.failed" | "payment.expired" | "payment.canceled" | "payment.review" | "payment.refunded" | "payment.partially_refunded" | "payment.charged_back" | "payment.partially_charged_back";
        /** @description What you were told of a payment. */
        DeliveredOutcomes: {
            /** @description Outcomes in the order in which they were decided. */
            outcomes: components["schemas"]["DeliveredOutcome"][];
        };
        /** @description An outcome with its deliveries. */
        DeliveredOutcome: {
            /** @description Its `webhook-id`, the same on every delivery. */
            webhookId: string;
            type: components["schemas"]["OutcomeType"];
            /** @description When it was decided. Null until the first delivery. */
            timestamp: string | null;
            /** @description The `webhook-id` of the outcome that this one replaces. */
            supersedes: string | null;
            /**
             * @description `waiting`: will be delivered, or delivered again. `parked`: given up until somebody asks for it again.
             * @enum {string}
             */
            state: "waiting" | "delivered" | "parked";
            /** @description Every delivery, oldest first. */
            deliveries: components["schemas"]["Delivery"][];
        };
        /** @description One attempt to deliver an outcome. */
        Delivery: {
            /**
             * Format: date-time
             * @description When it was sent.
             */
            at: string;
            /**
             * @description `taken` if each endpoint answered 2xx; `underway` while there is no answer yet.
             * @enum {string}
             */
            result: "taken" | "refused" | "underway";
            /** @description Your receiver's answer, if it did not take the outcome; with several endpoints, of each that did not. */
            detail: string | null;
        };
        /** @description A day's reconciliation of an account. */
        Report: {
            /**
             * Format: date
             * @description The day, in UTC.
             */
            day: string;
            /**
             * Format: date-time
             * @description When the comparison began.
             */
            startedAt: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            finishedAt: string;
            /** @description Why it ended early. Null if it is complete. */
            incomplete: string | null;
            /** @description The invoices created on that day, as Paytone has them. */
            currencies: components["schemas"]["ReportCurrency"][];
            walked: components["schemas"]["ReportWalk"];
            /** @description Number of findings of each kind. A kind without any is left out. */
            counts: {
                [key: string]: number;
            };
            /** @description The findings. */
            findings: components["schemas"]["Finding"][];
            /** @description Findings that are counted but not listed. */
            leftOut: number;
        };
        /** @description The invoices of one currency. */
        ReportCurrency: {
            /** @description Currency, as an ISO 4217 code. */
            currency: string;
            lines: components["schemas"]["ReportLines"];
            total: components["schemas"]["ReportLine"];
            /** @description Paytone's commission on what was paid, as a decimal string. */
            fee: string;
            /** @description What is left of `paid` after the fee, as a decimal string. Negative if the fee is more. */
            net: string;
        };
        /** @description What became of the invoices. The lines add up to the total. */
        ReportLines: {
            open: components["schemas"]["ReportLine"];
            failed: components["schemas"]["ReportLine"];
            paid: components["schemas"]["ReportLine"];
            verified: components["schemas"]["ReportLine"];
            refunded: components["schemas"]["ReportLine"];
            chargedBack: components["schemas"]["ReportLine"];
        };
        /** @description Invoices, counted and summed up. */
        ReportLine: {
            /** @description Number of invoices. */
            count: number;
            /** @description Their sum, as a decimal string with all decimals of the currency. */
            amount: string;
        };
        /** @description How much of Paytone's list was read. */
        ReportWalk: {
            /** @description Pages of Paytone's list. */
            pages: number;
            /** @description Invoices on them. */
            read: number;
            /** @description Invoices that were compared. */
            compared: number;
            /** @description Invoices left out because they changed too recently. */
            young: number;
            /** @description Invoices left out because they are not of the keys' mode. */
            otherMode: number;
            /** @description Invoices that could not be read. */
            unreadable: number;
        };
        /**
         * @description How an invoice differs from its payment.
         * @enum {string}
         */
        FindingKind: "paid_there" | "ended_there" | "paid_here" | "missing_there" | "other_amount" | "not_ordered" | "refund_unseen" | "chargeback_unseen" | "unreadable";
        /** @description A difference between an invoice and its payment. */
        Finding: {
            kind: components["schemas"]["FindingKind"];
            /** @description The invoice's reference. */
            referenceId: string;
            /** @description Paytone's id of the invoice. */
            invoiceId: string;
            there: components["schemas"]["FindingThere"] | null;
            here: components["schemas"]["FindingHere"] | null;
        };
        /** @description The invoice at Paytone. Null if there is none. */
        FindingThere: {
            /** @description Paytone's status. */
            status: string;
            /** @description What was asked for, as a decimal string. */
            amount: string;
            /** @description Its currency, as an ISO 4217 code. */
            currency: string;
            /** @description What was paid, as a decimal string. */
            processedAmount: string | null;
            /** @description What was refunded, as a decimal string. */
            refundedAmount: string | null;
            /** @description When Paytone last changed it, in unix seconds. */
            updated: number;
        };
        /** @description The payment here. Null if there is none. */
        FindingHere: {
            /** @description Status of the payment. */
            status: string;
            /** @description What was ordered, as a decimal string. */
            amount: string;
            /** @description Its currency, as an ISO 4217 code. */
            currency: string;
        };
        /** @description An error, by RFC 9457. */
        Problem: {
            /**
             * @description Kind of the problem. Stable, and the path of the page that explains it.
             * @enum {string}
             */
            type: "/docs/problems/malformed" | "/docs/problems/refused" | "/docs/problems/unauthorized" | "/docs/problems/forbidden" | "/docs/problems/not-found" | "/docs/problems/wrong-method" | "/docs/problems/wrong-state" | "/docs/problems/terms-differ" | "/docs/problems/refund-differs" | "/docs/problems/too-large" | "/docs/problems/too-slow" | "/docs/problems/unsupported-media-type" | "/docs/problems/too-many-requests" | "/docs/problems/unavailable" | "/docs/problems/internal";
            /** @description The kind of problem in a few words. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What happened, what it means, and what to do. */
            detail: string;
            /** @description The fields at fault. */
            errors?: components["schemas"]["FieldError"][];
            paymentStatus?: components["schemas"]["PaymentStatus"];
            /** @description As in `X-Request-Id`. Quote it to the operators. */
            requestId?: string;
        };
        /** @description What is wrong with a field. */
        FieldError: {
            /** @description Path of the field, such as `customer.email`. */
            field: string;
            /** @description What is wrong with it, to be read after the name of the field. */
            message: string;
        };
        /** @description What an order asks for. They cannot be changed later. */
        Terms: {
            amount: components["schemas"]["Amount"];
            /** @description Code of the service to pay with. Without one, the customer chooses. */
            service?: string;
            /** @description The values of the fields that the service asks for, by key. */
            serviceFields?: {
                [key: string]: string;
            };
            /** @description Shown to the customer on the payment page. */
            description?: string;
            /**
             * @description `charge` takes the money; `verify` only checks the card.
             * @default charge
             * @enum {string}
             */
            flow?: "charge" | "verify";
            /**
             * @description How the invoice is created: through Paytone's private API, its public API, or a form that the customer's browser posts.
             * @default private
             * @enum {string}
             */
            channel?: "private" | "public" | "form";
            customer?: components["schemas"]["Customer"];
            /** @description Your own data about the order, passed to Paytone. */
            metadata?: {
                [key: string]: string;
            };
            /** @description Options of the gateway, passed to Paytone unchanged. At most 16 levels deep. */
            gatewayOptions?: {
                [key: string]: unknown;
            };
            returnUrls?: components["schemas"]["ReturnUrls"];
            /** @description How long the customer has to pay. Default: `PAYMENT_TTL_SECONDS`. */
            ttlSeconds?: number;
            /** @description How many times the customer may choose a method. Default: `MAX_ATTEMPTS`. */
            maxAttempts?: number;
            /**
             * @description Language of the payment page.
             * @default en
             * @enum {string}
             */
            locale?: "en" | "uk" | "ru";
        };
        /** @description What Paytone is told of the customer. It is encrypted in Temporal and never logged. */
        Customer: {
            /** @description Your own id of the customer. */
            referenceId: string;
            /** @description Full name. */
            name?: string;
            /**
             * Format: email
             * @description E-mail address.
             */
            email?: string;
            /** @description Phone number. */
            phone?: string;
            /** @description Personal tax number. */
            individualTaxId?: string;
            /**
             * Format: date
             * @description Date of birth, yyyy-mm-dd.
             */
            dateOfBirth?: string;
            address?: components["schemas"]["Address"];
            /** @description Your own data about the customer, passed to Paytone. */
            metadata?: {
                [key: string]: string;
            };
        };
        /** @description The customer's address. */
        Address: {
            /** @description Country. */
            country?: string;
            /** @description State, province or region. */
            region?: string;
            /** @description City. */
            city?: string;
            /** @description Street and house number. */
            street?: string;
            /** @description The whole address in one line. */
            fullAddress?: string;
            /** @description Postal code. */
            postCode?: string;
        };
        /** @description Where to send the customer after the payment page. Their origins must be listed in `RETURN_URL_ORIGINS`. */
        ReturnUrls: {
            /** @description When the payment has succeeded. */
            success: string;
            /** @description When it is not decided yet. */
            pending: string;
            /** @description When it has failed, expired or been canceled. */
            fail: string;
        };
        /** @description The customer's choice of a method. */
        Choice: {
            /** @description Code of the chosen service. */
            service: string;
            /**
             * @description The values of the fields that the service asks for, by key.
             * @default {}
             */
            serviceFields?: {
                [key: string]: string;
            };
            /** @description Number of the attempt that this choice starts, beginning with 1. If you send the request again after a decline, it does not start another attempt. */
            attempt?: number;
        };
        /** @description A request to give the order up. */
        CancelRequest: {
            /** @description Why the order is canceled, for operators. */
            reason: string;
        };
        /** @description A request to give money back. */
        RefundRequest: {
            /** @description Your own id of the refund. The same id never refunds twice. */
            refundId: string;
            /** @description How much to refund. Default: everything that is left. */
            amount?: components["schemas"]["Amount"];
            /** @description Why the money goes back, for operators and Paytone. */
            reason: string;
        };
    };
    responses: {
        /** @description Nothing has changed since the answer whose `ETag` you sent. */
        NotModified: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The request is malformed. `errors` names the fields to correct. */
        Malformed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The API key is missing or wrong. */
        Unauthorized: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key lacks a right. `detail` names it. */
        Forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description You have no such payment. */
        NotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The path does not support this method. */
        WrongMethod: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The terms differ, or the payment is in the wrong state. `errors` names what differs. */
        Conflict: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is over 64 KiB. */
        TooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is not JSON in UTF-8. */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request is well-formed, but the payment is not possible. `errors` says why. */
        Refused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description This key has sent too many requests. Wait for `Retry-After`. */
        TooManyRequests: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Our fault. Repeat the request. */
        InternalError: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Temporal or Paytone is out of reach. Repeat the request after `Retry-After`. */
        Unavailable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /**
         * @description Your id of the order.
         * @example A1001
         */
        OrderId: string;
        /**
         * @description The `webhook-id` of the outcome.
         * @example out_example
         */
        WebhookId: string;
        /** @description The `ETag` of an earlier answer. */
        IfNoneMatch: string;
    };
    requestBodies: never;
    headers: {
        /** @description The id of the request: yours, or a new one. */
        "X-Request-Id": string;
        /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
        RateLimit: string;
        /** @description How many requests a key may send, such as `"key"; q=30000; w=60`. */
        "RateLimit-Policy": string;
        /** @description Seconds to wait. */
        "Retry-After": string;
        /** @description Identifies this answer (RFC 9110). */
        ETag: string;
        /** @description The next page, if there is one: `rel="next"`. */
        Link: string;
        /** @description `Bearer`. */
        "WWW-Authenticate": string;
        /** @description The methods that the path supports. */
        Allow: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listServices: {
        parameters: {
            query: {
                /**
                 * @description The currency, as an ISO 4217 code.
                 * @example USD
                 */
                currency: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Services with their methods and fields. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Services"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["WrongMethod"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPayments: {
        parameters: {
            query?: {
                /** @description Only payments in this status. */
                status?: components["schemas"]["PaymentStatus"];
                /** @description Only payments that were started at this time or later (RFC 3339). */
                createdAfter?: string;
                /** @description Only payments that were started before this time (RFC 3339). */
                createdBefore?: string;
                /** @description Only payments whose last attempt used this service. */
                service?: string;
                /** @description Only the payment whose last attempt has this invoice. Found once Paytone was asked about it. */
                invoiceId?: string;
                /** @description `nextCursor` of the previous page. */
                cursor?: string;
                /** @description How many payments a page holds: 1 to 200, 50 by default. */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of payments, as JSON or CSV. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentList"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["WrongMethod"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier answer. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description Your id of the order.
                 * @example A1001
                 */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The payment as it stands. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["WrongMethod"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    startPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Your id of the order.
                 * @example A1001
                 */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Terms"];
            };
        };
        responses: {
            /** @description The payment as it stands. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description The payment was started. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Accepted, but Paytone has not answered yet. Repeat the request to keep waiting. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["WrongMethod"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Refused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    followPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Your id of the order.
                 * @example A1001
                 */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream that stays open. A comment is sent every 15 s. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["WrongMethod"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    chooseMethod: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Your id of the order.
                 * @example A1001
                 */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Choice"];
            };
        };
        responses: {
            /** @description The payment as it stands. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Accepted, but Paytone has not answered yet. Repeat the request to keep waiting. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["WrongMethod"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Refused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Your id of the order.
                 * @example A1001
                 */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelRequest"];
            };
        };
        responses: {
            /** @description The payment as it stands. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Accepted, but Paytone has not answered yet. Repeat the request to keep waiting. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["WrongMethod"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Refused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    refundPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Your id of the order.
                 * @example A1001
                 */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundRequest"];
            };
        };
        responses: {
            /** @description The payment as it stands. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Accepted, but Paytone has not answered yet. Repeat the request to keep waiting. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["WrongMethod"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Refused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listOutcomes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Your id of the order.
                 * @example A1001
                 */
                orderId: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The outcomes, in order. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveredOutcomes"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["WrongMethod"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    redeliverOutcome: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Your id of the order.
                 * @example A1001
                 */
                orderId: components["parameters"]["OrderId"];
                /**
                 * @description The `webhook-id` of the outcome.
                 * @example out_example
                 */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The outcome with all its deliveries. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveredOutcome"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["WrongMethod"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The day, in UTC.
                 * @example 2026-03-01
                 */
                day: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report, as JSON, CSV or HTML. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["WrongMethod"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    outcome: {
        parameters: {
            query?: never;
            header: {
                /** @description Identifies the outcome. The same on every delivery, at every endpoint. */
                "webhook-id": string;
                /** @description When it was sent, in unix seconds. */
                "webhook-timestamp": string;
                /** @description One signature per secret of the endpoint, separated by spaces. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Outcome"];
            };
        };
        responses: {
            /** @description Not wanted. It is parked until somebody asks for it again. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Accepted. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Failed, redirects included. It is sent again for 78 h, then parked. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
