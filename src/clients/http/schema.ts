// Made from the OpenAPI document: npx vitest run test/clients/http -u

export interface paths {
    "/v1/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the customer may pay with in a currency: the pre-request. */
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
        /** Your payments, the newest first, by `Accept` as JSON or CSV. They come from an index that is some seconds behind, and that forgets a payment some weeks after its end: `GET /v1/payments/{orderId}` tells the truth. */
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
        /** The payment as it stands. Send its `ETag` as `If-None-Match` when you ask again. A payment of long ago is answered from Paytone: 503 while that cannot be reached. */
        get: operations["getPayment"];
        /** Starts the order's payment, or answers with the one that is there; the same terms, the same answer, however old the payment is. */
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
        /** The payment as it changes, as server-sent events: `payment` with a Payment, now and after each change; then `end` when nothing of it runs any more. A stream that closes without is to be opened again. */
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
        /** The customer's choice; answers with the redirect. */
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
        /** Gives the order up; an open invoice stays payable until it is final. */
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
        /** Gives money back; idempotent by `refundId`. */
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
        /** What you were told of a payment: each outcome with the time of every delivery and what your receiver answered. Nothing of payments that are answered from Paytone alone. */
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
        /** Tells an outcome once more, under its `webhook-id`, and answers when your receiver has. One that was not taken yet is tried at once, after those before it. */
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
        /** A day's reconciliation of the whole account, by `Accept` as JSON, CSV or a page; there from 03:00 UTC of the next day. */
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
        /** What became of a payment, sent to `OUTCOME_URL` and signed by the Standard Webhooks specification: verify it, act once an id. */
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
        Terms: {
            /** Amount */
            amount: {
                /** @description Decimal string, exact to the currency: "100.55", "100.5", "100". */
                value: string;
                /** @description ISO 4217. */
                currency: string;
            };
            /** @description Code of a service; without one the customer chooses. */
            service?: string;
            /** @description What the service asks for, by key. */
            serviceFields?: {
                [key: string]: string;
            };
            /** @description Shown to the customer by Paytone. */
            description?: string;
            /**
             * @default charge
             * @enum {string}
             */
            flow?: "charge" | "verify";
            /**
             * @default private
             * @enum {string}
             */
            channel?: "private" | "public" | "form";
            customer?: {
                referenceId: string;
                name?: string;
                /** Format: email */
                email?: string;
                phone?: string;
                individualTaxId?: string;
                /** Format: date */
                dateOfBirth?: string;
                address?: {
                    country?: string;
                    region?: string;
                    city?: string;
                    street?: string;
                    fullAddress?: string;
                    postCode?: string;
                };
                metadata?: {
                    [key: string]: string;
                };
            };
            metadata?: {
                [key: string]: string;
            };
            /** @description Passed to Paytone as it is; at most 16 levels deep. */
            gatewayOptions?: {
                [key: string]: unknown;
            };
            /** @description Where the customer goes afterwards; origins of RETURN_URL_ORIGINS. */
            returnUrls?: {
                success: string;
                pending: string;
                fail: string;
            };
            /** @description Lifetime of the payment. */
            ttlSeconds?: number;
            /** @description Choices of a method. */
            maxAttempts?: number;
            /**
             * @description Language of the payment page.
             * @default en
             * @enum {string}
             */
            locale?: "en" | "uk" | "ru";
        };
        Choice: {
            service: string;
            /** @default {} */
            serviceFields?: {
                [key: string]: string;
            };
            /** @description The attempt that this choice makes, 1 for the first: sent again after a decline, it makes no other. */
            attempt?: number;
        };
        Cancel: {
            reason: string;
        };
        Refund: {
            refundId: string;
            /** Amount */
            amount?: {
                /** @description Decimal string, exact to the currency: "100.55", "100.5", "100". */
                value: string;
                /** @description ISO 4217. */
                currency: string;
            };
            reason: string;
        };
        Services: {
            currency: string;
            testMode: boolean;
            services: {
                code: string;
                currency: string;
                flow: string;
                method: {
                    code: string;
                    /** @description Text by language: en, uk, ru. */
                    name: {
                        [key: string]: string;
                    };
                    logo: string | null;
                };
                fields: {
                    key: string;
                    type: string;
                    /** @description Text by language: en, uk, ru. */
                    label: {
                        [key: string]: string;
                    };
                    hint: {
                        [key: string]: string;
                    } | null;
                    regexp: string | null;
                    required: boolean;
                    position: number;
                }[];
                amountMin: string | null;
                amountMax: string | null;
            }[];
        };
        Payment: {
            orderId: string;
            /** @enum {string} */
            status: "choosing" | "creating" | "awaiting_payment" | "canceling" | "review" | "paid" | "verified" | "failed" | "expired" | "canceled" | "refunding" | "refunded" | "partially_refunded" | "charged_back" | "partially_charged_back";
            amount: {
                /** @description Decimal string with all decimals of the currency, such as "100.50". */
                value: string;
                /** @description ISO 4217. */
                currency: string;
            };
            attempt: number;
            referenceId: string;
            invoiceId: string | null;
            service: string | null;
            redirect: {
                url: string;
                /** @enum {string} */
                method: "GET" | "POST";
                fields: {
                    [key: string]: string;
                };
                hppUrl: string | null;
            } | null;
            services: {
                code: string;
                currency: string;
                flow: string;
                method: {
                    code: string;
                    /** @description Text by language: en, uk, ru. */
                    name: {
                        [key: string]: string;
                    };
                    logo: string | null;
                };
                fields: {
                    key: string;
                    type: string;
                    /** @description Text by language: en, uk, ru. */
                    label: {
                        [key: string]: string;
                    };
                    hint: {
                        [key: string]: string;
                    } | null;
                    regexp: string | null;
                    required: boolean;
                    position: number;
                }[];
                amountMin: string | null;
                amountMax: string | null;
            }[];
            /** Format: date-time */
            expiresAt: string;
            decidedBy: ("callback" | "return" | "poll" | "expiry" | "operator" | "sweep") | null;
            reason: string | null;
            refunds: {
                refundId: string;
                amount: {
                    /** @description Decimal string with all decimals of the currency, such as "100.50". */
                    value: string;
                    /** @description ISO 4217. */
                    currency: string;
                };
                /** @enum {string} */
                status: "pending" | "processed" | "refused";
                reason: string;
            }[];
            /** @description Where the money is, decimal strings; null until money moved. */
            money: {
                /** @description ISO 4217; in which the customer paid. */
                currency: string;
                /** @description What the customer paid, a fee on top included. */
                paid: string;
                /** @description The platform's commission. */
                fee: string;
                refunded: string;
                chargedBack: string;
            } | null;
            /** @description The last refusal by a bank. */
            decline: {
                /** @description Paytone's resolution, such as insufficient_funds. */
                code: string;
            } | null;
        };
        Payments: {
            payments: {
                orderId: string;
                /** @enum {string} */
                status: "choosing" | "creating" | "awaiting_payment" | "canceling" | "review" | "paid" | "verified" | "failed" | "expired" | "canceled" | "refunding" | "refunded" | "partially_refunded" | "charged_back" | "partially_charged_back";
                amount: {
                    /** @description Decimal string with all decimals of the currency. */
                    value: string;
                    /** @description ISO 4217. */
                    currency: string;
                };
                /** @description Code of the service of the last attempt. */
                service: string | null;
                /** @description Null until Paytone was asked about the invoice. */
                invoiceId: string | null;
                /**
                 * Format: date-time
                 * @description When the payment was started.
                 */
                createdAt: string;
                /** Format: date-time */
                expiresAt: string;
            }[];
            /** @description Asks for the next page; null on the last. */
            nextCursor: string | null;
        };
        Outcome: {
            /** @enum {string} */
            type: "payment.paid" | "payment.verified" | "payment.failed" | "payment.expired" | "payment.canceled" | "payment.review" | "payment.refunded" | "payment.partially_refunded" | "payment.charged_back" | "payment.partially_charged_back";
            /** Format: date-time */
            timestamp: string;
            /** @description The `webhook-id` of the outcome that this one takes the place of. */
            supersedes?: string;
            data: {
                orderId: string;
                /** @enum {string} */
                status: "choosing" | "creating" | "awaiting_payment" | "canceling" | "review" | "paid" | "verified" | "failed" | "expired" | "canceled" | "refunding" | "refunded" | "partially_refunded" | "charged_back" | "partially_charged_back";
                amount: {
                    /** @description Decimal string with all decimals of the currency, such as "100.50". */
                    value: string;
                    /** @description ISO 4217. */
                    currency: string;
                };
                attempt: number;
                referenceId: string;
                invoiceId: string | null;
                service: string | null;
                redirect: {
                    url: string;
                    /** @enum {string} */
                    method: "GET" | "POST";
                    fields: {
                        [key: string]: string;
                    };
                    hppUrl: string | null;
                } | null;
                services: {
                    code: string;
                    currency: string;
                    flow: string;
                    method: {
                        code: string;
                        /** @description Text by language: en, uk, ru. */
                        name: {
                            [key: string]: string;
                        };
                        logo: string | null;
                    };
                    fields: {
                        key: string;
                        type: string;
                        /** @description Text by language: en, uk, ru. */
                        label: {
                            [key: string]: string;
                        };
                        hint: {
                            [key: string]: string;
                        } | null;
                        regexp: string | null;
                        required: boolean;
                        position: number;
                    }[];
                    amountMin: string | null;
                    amountMax: string | null;
                }[];
                /** Format: date-time */
                expiresAt: string;
                decidedBy: ("callback" | "return" | "poll" | "expiry" | "operator" | "sweep") | null;
                reason: string | null;
                refunds: {
                    refundId: string;
                    amount: {
                        /** @description Decimal string with all decimals of the currency, such as "100.50". */
                        value: string;
                        /** @description ISO 4217. */
                        currency: string;
                    };
                    /** @enum {string} */
                    status: "pending" | "processed" | "refused";
                    reason: string;
                }[];
                /** @description Where the money is, decimal strings; null until money moved. */
                money: {
                    /** @description ISO 4217; in which the customer paid. */
                    currency: string;
                    /** @description What the customer paid, a fee on top included. */
                    paid: string;
                    /** @description The platform's commission. */
                    fee: string;
                    refunded: string;
                    chargedBack: string;
                } | null;
                /** @description The last refusal by a bank. */
                decline: {
                    /** @description Paytone's resolution, such as insufficient_funds. */
                    code: string;
                } | null;
            };
        };
        ToldOutcome: {
            /** @description The same on every delivery. */
            webhookId: string;
            /** @enum {string} */
            type: "payment.paid" | "payment.verified" | "payment.failed" | "payment.expired" | "payment.canceled" | "payment.review" | "payment.refunded" | "payment.partially_refunded" | "payment.charged_back" | "payment.partially_charged_back";
            /** @description When it was decided; null until the first delivery. */
            timestamp: string | null;
            /** @description The `webhook-id` of the outcome that it takes the place of. */
            supersedes: string | null;
            /**
             * @description `waiting`: will be delivered (again); `parked`: given up until somebody asks for it again.
             * @enum {string}
             */
            state: "waiting" | "delivered" | "parked";
            deliveries: {
                /** Format: date-time */
                at: string;
                /** @enum {string} */
                result: "taken" | "refused" | "underway";
                /** @description What your receiver answered, where it did not take it. */
                detail: string | null;
            }[];
        };
        ToldOutcomes: {
            outcomes: {
                /** @description The same on every delivery. */
                webhookId: string;
                /** @enum {string} */
                type: "payment.paid" | "payment.verified" | "payment.failed" | "payment.expired" | "payment.canceled" | "payment.review" | "payment.refunded" | "payment.partially_refunded" | "payment.charged_back" | "payment.partially_charged_back";
                /** @description When it was decided; null until the first delivery. */
                timestamp: string | null;
                /** @description The `webhook-id` of the outcome that it takes the place of. */
                supersedes: string | null;
                /**
                 * @description `waiting`: will be delivered (again); `parked`: given up until somebody asks for it again.
                 * @enum {string}
                 */
                state: "waiting" | "delivered" | "parked";
                deliveries: {
                    /** Format: date-time */
                    at: string;
                    /** @enum {string} */
                    result: "taken" | "refused" | "underway";
                    /** @description What your receiver answered, where it did not take it. */
                    detail: string | null;
                }[];
            }[];
        };
        Report: {
            /**
             * Format: date
             * @description UTC.
             */
            day: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            finishedAt: string;
            /** @description Why the walk ended early; null where it is complete. */
            incomplete: string | null;
            /** @description Invoices created on the day, as the platform has them; the lines add up to the total. */
            currencies: {
                currency: string;
                lines: {
                    open: {
                        count: number;
                        /** @description Decimal string with all decimals of the currency. */
                        amount: string;
                    };
                    failed: {
                        count: number;
                        /** @description Decimal string with all decimals of the currency. */
                        amount: string;
                    };
                    paid: {
                        count: number;
                        /** @description Decimal string with all decimals of the currency. */
                        amount: string;
                    };
                    verified: {
                        count: number;
                        /** @description Decimal string with all decimals of the currency. */
                        amount: string;
                    };
                    refunded: {
                        count: number;
                        /** @description Decimal string with all decimals of the currency. */
                        amount: string;
                    };
                    chargedBack: {
                        count: number;
                        /** @description Decimal string with all decimals of the currency. */
                        amount: string;
                    };
                };
                total: {
                    count: number;
                    /** @description Decimal string with all decimals of the currency. */
                    amount: string;
                };
                /** @description Paytone's commission on what was paid. */
                fee: string;
                /** @description What is left of `paid` after the fee; negative where the fees are more. */
                net: string;
            }[];
            walked: {
                pages: number;
                read: number;
                compared: number;
                /** @description Changed too recently to be compared. */
                young: number;
                /** @description Not of the mode of the account's keys. */
                otherMode: number;
                unreadable: number;
            };
            counts: {
                paid_there?: number;
                ended_there?: number;
                paid_here?: number;
                missing_there?: number;
                other_amount?: number;
                not_ordered?: number;
                refund_unseen?: number;
                chargeback_unseen?: number;
                unreadable?: number;
            };
            findings: {
                /** @enum {string} */
                kind: "paid_there" | "ended_there" | "paid_here" | "missing_there" | "other_amount" | "not_ordered" | "refund_unseen" | "chargeback_unseen" | "unreadable";
                referenceId: string;
                invoiceId: string;
                there: {
                    status: string;
                    amount: string;
                    currency: string;
                    processedAmount: string | null;
                    refundedAmount: string | null;
                    /** @description Unix seconds. */
                    updated: number;
                } | null;
                here: {
                    status: string;
                    amount: string;
                    currency: string;
                } | null;
            }[];
            /** @description Findings that are counted only. */
            leftOut: number;
        };
        Problem: {
            /**
             * @description Stable; `Link` says where it is explained.
             * @enum {string}
             */
            type: "urn:paytone-payments:problem:malformed" | "urn:paytone-payments:problem:refused" | "urn:paytone-payments:problem:unauthorized" | "urn:paytone-payments:problem:not-found" | "urn:paytone-payments:problem:wrong-method" | "urn:paytone-payments:problem:wrong-state" | "urn:paytone-payments:problem:terms-differ" | "urn:paytone-payments:problem:refund-differs" | "urn:paytone-payments:problem:too-large" | "urn:paytone-payments:problem:unsupported-media-type" | "urn:paytone-payments:problem:too-many-requests" | "urn:paytone-payments:problem:unavailable" | "urn:paytone-payments:problem:internal";
            title: string;
            status: number;
            detail: string;
            /** @description What is wrong with which field, by its path: `customer.email`. */
            errors?: {
                field: string;
                message: string;
            }[];
            /**
             * @description Of a 409: how the payment stands that was in the way.
             * @enum {string}
             */
            paymentStatus?: "choosing" | "creating" | "awaiting_payment" | "canceling" | "review" | "paid" | "verified" | "failed" | "expired" | "canceled" | "refunding" | "refunded" | "partially_refunded" | "charged_back" | "partially_charged_back";
            /** @description As in `X-Request-Id`: name it to the operators. */
            requestId?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listServices: {
        parameters: {
            query: {
                /** @description ISO 4217. */
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
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Services"];
                };
            };
            /** @description Malformed: correct the fields named in `errors`. */
            400: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Send a key of `ORDER_API_KEYS`. */
            401: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The path does not take this method: see `Allow`. */
            405: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description The methods that it takes. */
                    Allow?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this key: wait for `Retry-After`. */
            429: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. */
            500: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporal or Paytone is out of reach: send the same request again. */
            503: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPayments: {
        parameters: {
            query?: {
                /** @description How the payments stand. */
                status?: "choosing" | "creating" | "awaiting_payment" | "canceling" | "review" | "paid" | "verified" | "failed" | "expired" | "canceled" | "refunding" | "refunded" | "partially_refunded" | "charged_back" | "partially_charged_back";
                /** @description Payments that were started then or later (RFC 3339). */
                createdAfter?: string;
                /** @description Payments that were started earlier (RFC 3339). */
                createdBefore?: string;
                /** @description Code of the service of the last attempt. */
                service?: string;
                /** @description Invoice of the last attempt, once Paytone was asked about it. */
                invoiceId?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Payments on a page: 1 to 200, 50 where absent. */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of payments. */
            200: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description The next page, where there is one: `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payments"];
                };
            };
            /** @description Malformed: correct the fields named in `errors`. */
            400: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Send a key of `ORDER_API_KEYS`. */
            401: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The path does not take this method: see `Allow`. */
            405: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description The methods that it takes. */
                    Allow?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this key: wait for `Retry-After`. */
            429: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. */
            500: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporal or Paytone is out of reach: send the same request again. */
            503: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier answer. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The order's own id. */
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The payment as it stands. */
            200: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Of this answer (RFC 9110). */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description The same as the `If-None-Match` that was sent: use what you have. */
            304: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Of this answer (RFC 9110). */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Malformed: correct the fields named in `errors`. */
            400: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Send a key of `ORDER_API_KEYS`. */
            401: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The order has no payment of yours. */
            404: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The path does not take this method: see `Allow`. */
            405: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description The methods that it takes. */
                    Allow?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this key: wait for `Retry-After`. */
            429: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. */
            500: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporal or Paytone is out of reach: send the same request again. */
            503: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The order's own id. */
                orderId: string;
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
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Started. */
            201: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Accepted; the platform has not answered yet. Send the same request again to wait on. */
            202: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Malformed: correct the fields named in `errors`. */
            400: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Send a key of `ORDER_API_KEYS`. */
            401: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The order has no payment of yours. */
            404: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The path does not take this method: see `Allow`. */
            405: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description The methods that it takes. */
                    Allow?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Another state than the call needs, or other terms: `errors` names what differs. */
            409: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 64 KiB. */
            413: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json`, or in an encoding that is not read. */
            415: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Well-formed, but it cannot be paid like this: `errors` says why. */
            422: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this key: wait for `Retry-After`. */
            429: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. */
            500: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporal or Paytone is out of reach: send the same request again. */
            503: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    followPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The order's own id. */
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream that stays open; a comment comes every 15 s. */
            200: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Malformed: correct the fields named in `errors`. */
            400: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Send a key of `ORDER_API_KEYS`. */
            401: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The order has no payment of yours. */
            404: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The path does not take this method: see `Allow`. */
            405: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description The methods that it takes. */
                    Allow?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this key: wait for `Retry-After`. */
            429: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. */
            500: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporal or Paytone is out of reach: send the same request again. */
            503: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chooseMethod: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The order's own id. */
                orderId: string;
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
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Accepted; the platform has not answered yet. Send the same request again to wait on. */
            202: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Malformed: correct the fields named in `errors`. */
            400: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Send a key of `ORDER_API_KEYS`. */
            401: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The order has no payment of yours. */
            404: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The path does not take this method: see `Allow`. */
            405: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description The methods that it takes. */
                    Allow?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Another state than the call needs, or other terms: `errors` names what differs. */
            409: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 64 KiB. */
            413: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json`, or in an encoding that is not read. */
            415: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Well-formed, but it cannot be paid like this: `errors` says why. */
            422: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this key: wait for `Retry-After`. */
            429: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. */
            500: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporal or Paytone is out of reach: send the same request again. */
            503: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The order's own id. */
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Cancel"];
            };
        };
        responses: {
            /** @description The payment as it stands. */
            200: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Accepted; the platform has not answered yet. Send the same request again to wait on. */
            202: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Malformed: correct the fields named in `errors`. */
            400: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Send a key of `ORDER_API_KEYS`. */
            401: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The order has no payment of yours. */
            404: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The path does not take this method: see `Allow`. */
            405: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description The methods that it takes. */
                    Allow?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Another state than the call needs, or other terms: `errors` names what differs. */
            409: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 64 KiB. */
            413: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json`, or in an encoding that is not read. */
            415: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Well-formed, but it cannot be paid like this: `errors` says why. */
            422: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this key: wait for `Retry-After`. */
            429: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. */
            500: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporal or Paytone is out of reach: send the same request again. */
            503: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refundPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The order's own id. */
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Refund"];
            };
        };
        responses: {
            /** @description The payment as it stands. */
            200: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Accepted; the platform has not answered yet. Send the same request again to wait on. */
            202: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Malformed: correct the fields named in `errors`. */
            400: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Send a key of `ORDER_API_KEYS`. */
            401: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The order has no payment of yours. */
            404: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The path does not take this method: see `Allow`. */
            405: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description The methods that it takes. */
                    Allow?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Another state than the call needs, or other terms: `errors` names what differs. */
            409: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is over 64 KiB. */
            413: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json`, or in an encoding that is not read. */
            415: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Well-formed, but it cannot be paid like this: `errors` says why. */
            422: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this key: wait for `Retry-After`. */
            429: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. */
            500: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporal or Paytone is out of reach: send the same request again. */
            503: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOutcomes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The order's own id. */
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The outcomes in their order. */
            200: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToldOutcomes"];
                };
            };
            /** @description Malformed: correct the fields named in `errors`. */
            400: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Send a key of `ORDER_API_KEYS`. */
            401: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The order has no payment of yours. */
            404: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The path does not take this method: see `Allow`. */
            405: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description The methods that it takes. */
                    Allow?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this key: wait for `Retry-After`. */
            429: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. */
            500: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporal or Paytone is out of reach: send the same request again. */
            503: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeliverOutcome: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The order's own id. */
                orderId: string;
                /** @description The `webhook-id` of the outcome. */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The outcome with all its deliveries. */
            200: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToldOutcome"];
                };
            };
            /** @description Malformed: correct the fields named in `errors`. */
            400: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Send a key of `ORDER_API_KEYS`. */
            401: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The order has no payment of yours. */
            404: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The path does not take this method: see `Allow`. */
            405: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description The methods that it takes. */
                    Allow?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this key: wait for `Retry-After`. */
            429: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. */
            500: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporal or Paytone is out of reach: send the same request again. */
            503: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A day of the calendar, UTC. */
                day: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report. */
            200: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                    "text/html": string;
                };
            };
            /** @description Malformed: correct the fields named in `errors`. */
            400: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Send a key of `ORDER_API_KEYS`. */
            401: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description `Bearer`. */
                    "WWW-Authenticate"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The order has no payment of yours. */
            404: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The path does not take this method: see `Allow`. */
            405: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description The methods that it takes. */
                    Allow?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this key: wait for `Retry-After`. */
            429: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description What is left of this key's requests, such as `"key"; r=29999; t=60`. */
                    RateLimit?: string;
                    /** @description What a key may do, such as `"key"; q=30000; w=60`. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Our fault. */
            500: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Temporal or Paytone is out of reach: send the same request again. */
            503: {
                headers: {
                    /** @description Of the request that is answered: yours, or one made here. */
                    "X-Request-Id"?: string;
                    /** @description Seconds to wait. */
                    "Retry-After"?: string;
                    /** @description Where the `type` is explained: `rel="help"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    outcome: {
        parameters: {
            query?: never;
            header: {
                /** @description Of the outcome: the same on every delivery of it. */
                "webhook-id": string;
                /** @description Of the delivery, in unix seconds. */
                "webhook-timestamp": string;
                /** @description One for each of `OUTCOME_SECRETS`, with a space in between. */
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
            /** @description Not wanted: it is parked until an operator sends it again. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Failed, redirects included: sent again for 78 h, then parked. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
