/** The secrets that stand in data, in clear or in base64 at any alignment. */
export function tracesOf(secrets: readonly string[], data: Buffer | string): string[] {
  const bytes = Buffer.from(data);
  return secrets.filter((secret) => formsOf(secret).some((form) => bytes.includes(form)));
}

function formsOf(secret: string): string[] {
  const encoded = [0, 1, 2].flatMap((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
    // Without the characters that its neighbours take part in.
    const from = Math.ceil((shift * 8) / 6);
    const to = Math.floor((whole.length * 8) / 6);
    return (['base64', 'base64url'] as const).map((form) => whole.toString(form).slice(from, to));
  });
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('hex'), ...encoded];
}
