import { demo } from '../config/well-known.ts';

/** Ports by the names of their settings. */
interface DemoPorts {
  readonly PORT: number;
  readonly SHOP_PORT: number;
  readonly SANDBOX_PORT: number;
  readonly TEMPORAL_UI_PORT: number;
}

/** A sandbox account; worth nothing outside this machine. */
export const demoAccount = {
  id: 'coma_demo',
  privateKey: demo.privateKey,
  publicKey: 'pk_test_demo',
};
export const demoApiKey = demo.apiKey;
export const demoCodecToken = demo.codecToken;
export const demoPayloadKey = demo.payloadKey;

interface DemoParts {
  readonly ports: DemoPorts;
  /** What the user has set: order services of their own take the place of the shop. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The environment of `npm start`: what a deployment would set, for one machine. */
export const demoSettings = ({
  ports: { PORT, SHOP_PORT, SANDBOX_PORT, TEMPORAL_UI_PORT },
  environment,
}: DemoParts): Record<string, string> => ({
  PAYTONE_URL: `http://localhost:${SANDBOX_PORT}`,
  PAYTONE_ACCOUNT_ID: demoAccount.id,
  PAYTONE_PRIVATE_KEY: demoAccount.privateKey,
  PAYTONE_PUBLIC_KEY: demoAccount.publicKey,
  PUBLIC_URL: `http://localhost:${PORT}`,
  PORT: String(PORT),
  ...(!environment['ORDER_SERVICES_FILE'] && {
    ORDER_API_KEYS: `shop=${demoApiKey}`,
    OUTCOME_URL: `http://localhost:${SHOP_PORT}/outcomes`,
    OUTCOME_SECRETS: demo.outcomeSecret,
  }),
  RETURN_URL_ORIGINS: `http://localhost:${SHOP_PORT}`,
  PAYLOAD_KEYS: demo.payloadKey,
  CODEC_TOKENS: demo.codecToken,
  CODEC_ORIGINS: `http://localhost:${TEMPORAL_UI_PORT},http://127.0.0.1:${TEMPORAL_UI_PORT}`,
  ADMIN_PORT: '0',
});
