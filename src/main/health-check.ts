// The health check of a container, whose image has no other client: exits with 0 where the URL answers 2xx.
import { request } from 'undici';

const [, , url = ''] = process.argv;
const isReady = await request(url, { headersTimeout: 2_500 }).then(
  ({ statusCode }) => statusCode < 300,
  () => false,
);
process.exit(isReady ? 0 : 1);
