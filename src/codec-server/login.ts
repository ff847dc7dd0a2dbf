import { Router, urlencoded, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import type { Audit } from './audit.ts';
import type { Readers } from './readers.ts';
import { loginPage, welcomePage, type Uis } from './pages.ts';

const form = z.object({ token: z.string().max(1_000) });

/** The pages on which a person shows a token once, so that the browser may read for a while. */
export function loginRoutes(readers: Readers, uis: Uis, audit: Audit): Router {
  const router = Router();
  const ownForm = ownFormWith(audit);
  router.get('/', (request, response) => {
    response.type('html').send(readers.isLoggedIn(request) ? welcomePage(uis) : loginPage());
  });
  router.post('/login', ownForm, urlencoded({ limit: '4kb' }), (request, response, next) => {
    const parsed = form.safeParse(request.body);
    if (parsed.success && readers.logIn(request, response, parsed.data.token)) response.redirect(303, '/');
    else next();
  });
  router.post('/login', readers.guesses, (request, response) => {
    audit.refused(request, 401);
    response.status(401).type('html').send(loginPage('This is no token of CODEC_TOKENS.'));
  });
  router.post('/logout', ownForm, (request, response) => {
    readers.logOut(request, response);
    response.redirect(303, '/');
  });
  return router;
}

/** Another page may send this form as well: to log somebody in as somebody else, or out. */
const ownFormWith =
  (audit: Audit): RequestHandler =>
  (request, response, next) => {
    if (isOwn(request)) {
      next();
      return;
    }
    audit.refused(request, 403);
    response.status(403).type('html').send(loginPage('Log in on this page itself.'));
  };

function isOwn(request: Request): boolean {
  const origin = request.get('origin') ?? '';
  return URL.canParse(origin) && new URL(origin).host === request.get('host');
}
