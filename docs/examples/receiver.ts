// Takes outcomes with the `standardwebhooks` package alone. OUTCOME_SECRETS: the newest first, while they rotate.
import { createServer } from 'node:http';
import { env } from 'node:process';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

const webhooks = (env['OUTCOME_SECRETS'] ?? '').split(',').map((secret) => new Webhook(secret));
const seen = new Set<string>();
function verified(body: string, headers: Record<string, string>): { type: string } | null {
  for (const webhook of webhooks) {
    try {
      return webhook.verify(body, headers) as { type: string };
    } catch {
      // Signed with another secret, forged, or too old: the next one may fit.
    }
  }
  return null;
}

const server = createServer((request, response) => {
  void text(request).then((body) => {
    const outcome = verified(body, request.headers as Record<string, string>);
    const id = String(request.headers['webhook-id']);
    // Deliveries repeat: act once an id, in one transaction with your own change.
    if (outcome && !seen.has(id)) console.log(JSON.stringify({ id, ...outcome }));
    if (outcome) seen.add(id);
    response.writeHead(outcome ? 204 : 401).end();
  });
});
server.listen(Number(env['PORT'] ?? 3001), () => console.log('ready'));
