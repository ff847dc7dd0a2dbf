/** The members of a problem (RFC 9457) as the order API sends them. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[] | undefined;
  readonly paymentStatus?: string | undefined;
  readonly requestId?: string | undefined;
}

/** The answer was no: why, by which stable `type`, which fields, and what to do. */
export class PaymentProblem extends Error implements ProblemBody {
  override readonly name = 'PaymentProblem';
  readonly type: string;
  readonly title: string;
  /** Of HTTP, also where there was none: 409 another state or other terms, 503 try the same again. */
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  /** Of a 409: how the payment stands that was in the way. */
  readonly paymentStatus: string | undefined;
  /** What to name to the operators of the order API; undefined where there was no request. */
  readonly requestId: string | undefined;

  constructor({ type, title, status, detail, errors = [], paymentStatus, requestId }: ProblemBody) {
    super(`${title}: ${detail}`);
    this.type = type;
    this.title = title;
    this.status = status;
    this.detail = detail;
    this.errors = errors;
    this.paymentStatus = paymentStatus;
    this.requestId = requestId;
  }
}
