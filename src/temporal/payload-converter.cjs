// CommonJS, as one file for all: the SDK loads it by `require`, from the sources and from what is built, and its
// bundler puts it into the sandbox of the workflows.
const { defaultPayloadConverter } = require('@temporalio/common');

/** What stands for a value that cannot be read: handlers and validators know it for none of theirs. */
const unreadable = Object.freeze({ unreadable: true });

/**
 * Reads whatever comes. A message that cannot be read would fail the workflow task that it is in, again and again: one
 * signal typed amiss would stop a payment for ever.
 *
 * @type {import('@temporalio/common').PayloadConverter}
 */
const payloadConverter = {
  toPayload: (value) => defaultPayloadConverter.toPayload(value),
  fromPayload(payload) {
    try {
      return defaultPayloadConverter.fromPayload(payload);
    } catch {
      return /** @type {any} */ (unreadable);
    }
  },
};

module.exports = { payloadConverter };
