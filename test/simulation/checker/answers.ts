import type { Answered, Evidence, Violation } from '../evidence.ts';

/** What the order API has answered with 2xx is still true in whatever is asked afterwards. */
export function checkAnswers({ answers }: Evidence): Violation[] {
  for (const later of answers) {
    const text = answers
      .filter(({ at }) => at <= later.askedAt)
      .map((earlier) => untrueSince(earlier, later))
      .find((it) => it !== null);
    if (text) return [{ rule: 'answers stay true', text }];
  }
  return [];
}

function untrueSince({ answer: before }: Answered, { asked, answer: after }: Answered): string | null {
  if (after.attempt < before.attempt) return `attempt ${before.attempt} became ${after.attempt} (${asked})`;
  for (const { refundId, amount, status } of before.refunds) {
    const there = after.refunds.find((it) => it.refundId === refundId);
    if (there?.amount.value !== amount.value) return `refund ${refundId} is lost or another (${asked})`;
    if (status === 'processed' && there.status !== status)
      return `refund ${refundId} was processed (${asked})`;
  }
  return null;
}
