import { Router } from 'express';
import { wrongMethod } from '../send-problem.ts';
import {
  collectionPath,
  docsPage,
  docsSecurity,
  documentWithGuide,
  problemPage,
  scalarPath,
} from './docs-page.ts';
import { repairScript } from './scalar-repairs.ts';

/** `/docs`: the order API for people, and a page for each kind of problem. */
export function docsRoute(): Router {
  const router = Router({ caseSensitive: true });
  router
    .route('/')
    .get((_request, response) =>
      response.set('content-security-policy', docsSecurity).type('html').send(docsPage),
    )
    .all(wrongMethod('GET'));
  router
    .route('/scalar.js')
    .get((_request, response) => {
      response.set('cache-control', 'no-cache').sendFile(scalarPath);
    })
    .all(wrongMethod('GET'));
  router
    .route('/repairs.js')
    .get((_request, response) => response.type('js').send(repairScript))
    .all(wrongMethod('GET'));
  router
    .route('/document.json')
    .get((_request, response) => response.json(documentWithGuide))
    .all(wrongMethod('GET'));
  router
    .route('/collection.json')
    .get((_request, response) => {
      response.attachment('paytone-payments.postman_collection.json').sendFile(collectionPath);
    })
    .all(wrongMethod('GET'));
  router
    .route('/problems/:kind')
    .get((request, response, next) => {
      const page = problemPage(`${request.baseUrl}${request.path}`);
      if (page === null) next('route');
      else response.type('html').send(page);
    })
    .all(wrongMethod('GET'));
  return router;
}
