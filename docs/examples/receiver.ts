// Takes outcomes. OUTCOME_SECRETS: the newest first, while they rotate.
import { createServer } from 'node:http';
import { env } from 'node:process';
import { text } from 'node:stream/consumers';
import { WebhookVerificationError, verifyOutcome } from 'paytone-payments-http';

const secrets = (env['OUTCOME_SECRETS'] ?? '').split(',');
const seen = new Set<string>();

const server = createServer((request, response) => {
  void text(request).then((body) => {
    try {
      const outcome = verifyOutcome(body, request.headers, secrets);
      // Deliveries repeat: act once an id, in one transaction with your own change.
      if (!seen.has(outcome.id)) console.log(JSON.stringify(outcome));
      seen.add(outcome.id);
      response.writeHead(204).end();
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      response.writeHead(401).end();
    }
  });
});
server.listen(Number(env['PORT'] ?? 3001), () => console.log('ready'));
