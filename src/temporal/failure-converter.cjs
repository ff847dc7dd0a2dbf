// CommonJS, as one file for all: the SDK loads it by `require`, from the sources and from what is built, and its
// bundler puts it into the sandbox of the workflows.
const { ApplicationFailure, DefaultFailureConverter } = require('@temporalio/common');

/** @type {Readonly<Record<import('../domain/payment/refusal.ts').RefusalType, true>>} */
const refusals = {
  WrongState: true,
  Over: true,
  TermsDiffer: true,
  RefundDiffers: true,
  NotYours: true,
  InputRefused: true,
};

/**
 * Puts message and stack of a failure where the codec encrypts them. A validator's refusal stays: it is a fixed text,
 * is stored nowhere, and the Temporal UI shows it as it is to the operator who was refused.
 */
class EncodingFailureConverter extends DefaultFailureConverter {
  constructor() {
    super({ encodeCommonAttributes: true });
  }

  /**
   * @override
   * @type {DefaultFailureConverter['errorToFailure']}
   */
  errorToFailure(error, payloadConverter, context) {
    if (error instanceof ApplicationFailure && Object.hasOwn(refusals, error.type ?? ''))
      return { ...this.errorToFailureInner(error, payloadConverter, context), stackTrace: '' };
    return super.errorToFailure(error, payloadConverter, context);
  }
}

exports.failureConverter = new EncodingFailureConverter();
