import { digestOf } from '../http/bearer-token.ts';
import { rights, type Right } from '../http/right-names.ts';
import { ConfigError } from './environment.ts';
import type { Environment } from './raw.ts';
import { toAccountId, type AccountId } from '../domain/identity.ts';
import { servicesFile } from './services-file.ts';

interface ConfiguredKey {
  /** The order service's name; two keys may share it while one replaces the other. */
  readonly name: string;
  /** SHA-256 of the key, which itself is not kept. */
  readonly digest: Uint8Array;
}

interface OutcomeEndpoint {
  readonly url: string;
  readonly secrets: readonly string[];
  /** The types of outcome that it takes; all where absent. */
  readonly types?: readonly string[] | undefined;
}

/** What payments are charged to, as the platform knows it. */
export interface Account {
  readonly accountId: AccountId;
  readonly url: string;
  readonly apiPath: string;
  readonly publicApiPath: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly callbackSecrets: readonly string[];
}

/** Who asks for payments, and who is told what becomes of them. */
export interface OrderServices {
  /** The first is that of the environment. */
  readonly accounts: readonly [Account, ...Account[]];
  readonly accountIds: readonly [AccountId, ...AccountId[]];
  /** What an order service's payments charge that start now. */
  readonly accountOf: (owner: string) => Account;
  /** Names; null where any is one. */
  readonly owners: ReadonlySet<string> | null;
  readonly keys: readonly (ConfiguredKey & { readonly rights: readonly Right[] })[];
  /** Where outcomes of an order service's payments go. */
  readonly endpointsOf: (owner: string) => readonly OutcomeEndpoint[];
}

interface ServicesParsed {
  /** The text of the file. */
  readonly ORDER_SERVICES?: string | undefined;
  readonly ORDER_API_KEYS?: readonly ConfiguredKey[] | undefined;
  readonly OUTCOME_URL?: string | undefined;
  readonly OUTCOME_SECRETS?: readonly string[] | undefined;
}

/** From settings without a fault. The shorthand names no rights and one endpoint: each service has all of the one. */
export function orderServicesOf({ ORDER_SERVICES, ...short }: ServicesParsed, main: Account): OrderServices {
  if (ORDER_SERVICES !== undefined) return fromFile(ORDER_SERVICES, main);
  const { ORDER_API_KEYS: keys, OUTCOME_URL: url, OUTCOME_SECRETS: secrets = [] } = short;
  const endpoints = url === undefined ? [] : [{ url, secrets }];
  return {
    accounts: [main],
    accountIds: [main.accountId],
    accountOf: () => main,
    owners: keys ? new Set(keys.map(({ name }) => name)) : null,
    keys: (keys ?? []).map((key) => ({ ...key, rights })),
    endpointsOf: () => endpoints,
  };
}

/** The policy of an order service's payments that start now, with all that the account which they charge adds to it. */
export function policyOfService<Rules extends { readonly redirects: object }>(
  rules: Rules,
  { accountOf, endpointsOf }: OrderServices,
  owner: string,
) {
  const { accountId, url } = accountOf(owner);
  return {
    ...rules,
    account: accountId,
    redirects: { ...rules.redirects, httpsOnly: url.startsWith('https:') },
    tellsOutcomes: endpointsOf(owner).length > 0,
  };
}

/** Reads the order services anew, as the process did when it started; null where no file holds them. */
export function rereading(
  env: Environment,
  read: () => ServicesParsed,
  main: Account,
): (() => OrderServices) | null {
  if (!env['ORDER_SERVICES_FILE']) return null;
  return () => {
    const parsed = read();
    // It is being written.
    if (parsed.ORDER_SERVICES === undefined) throw new ConfigError(['ORDER_SERVICES_FILE holds nothing']);
    return orderServicesOf(parsed, main);
  };
}

function fromFile(json: string, main: Account): OrderServices {
  const { services, accounts: given = [] } = servicesFile({ isLive: false, isDemo: true }).parse(
    JSON.parse(json),
  );
  const endpoints = new Map(services.map((service) => [service.name, service.endpoints]));
  const accounts = given.map(({ id, callbackSecrets, url = main.url, ...keys }): Account => {
    const secrets = callbackSecrets ?? [keys.privateKey];
    return {
      ...{ ...main, ...keys, accountId: toAccountId(id), callbackSecrets: secrets },
      url: url.replace(/\/+$/, ''),
    };
  });
  const charged = new Map(services.map(({ name, account }) => [name, account]));
  return {
    accounts: [main, ...accounts],
    accountIds: [main.accountId, ...accounts.map(({ accountId }) => accountId)],
    accountOf: (owner) => accounts.find(({ accountId }) => accountId === charged.get(owner)) ?? main,
    owners: new Set(endpoints.keys()),
    keys: services.flatMap(({ name, keys, rights: granted }) =>
      keys.map((key) => ({ name, digest: digestOf(key), rights: granted })),
    ),
    endpointsOf: (owner) => endpoints.get(owner) ?? [],
  };
}
