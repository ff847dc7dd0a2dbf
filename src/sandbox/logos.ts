import { Router } from 'express';

const drawings: Readonly<Record<string, readonly [colour: string, shape: string]>> = {
  payment_card: [
    '#2456d6',
    '<rect x="9" y="15" width="38" height="26" rx="4" fill="#fff"/><path d="M9 21h38v6H9z" fill="#0f2a70"/><path d="M14 33h12v3H14z" fill="#2456d6"/>',
  ],
  paypal: ['#12328a', '<path d="M20 42l4-29h11c7 0 10 4 9 9-1 6-6 9-12 9h-5l-2 11z" fill="#fff"/>'],
  bank_transfer: [
    '#0f766e',
    '<path d="M28 11l18 9H10zM13 23h5v14h-5zm12.500 0h5v14h-5zM38 23h5v14h-5zM10 40h36v5H10z" fill="#fff"/>',
  ],
  test: [
    '#7c3aed',
    '<path d="M22 12h12v4h-2v9l10 17a4 4 0 0 1-3 6H17a4 4 0 0 1-3-6l10-17v-9h-2z" fill="#fff"/>',
  ],
};

/** Logos of the methods, drawn here: nothing is fetched from outside. */
export function logos(): Router {
  const router = Router();
  router.get('/:name', (request, response) => {
    const drawing = drawings[request.params.name.replace(/\.svg$/, '')];
    if (!drawing) return void response.sendStatus(404);
    const [colour, shape] = drawing;
    const box = `<rect width="56" height="56" rx="12" fill="${colour}"/>`;
    response
      .type('image/svg+xml')
      .send(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 56 56">${box}${shape}</svg>`);
  });
  return router;
}
