import type { InvoiceDraft } from '../domain/invoice/invoice.ts';
import { formatMoney, toMajorNumber } from '../domain/money.ts';
import type { Customer } from '../domain/payment/terms.ts';
import { ownerKey } from './invoice-schema.ts';

/** Where the platform finds us again for one invoice. */
export interface InvoiceSite {
  readonly callbackUrl: string;
  readonly returnUrl: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

function customerBody({ referenceId, individualTaxId, dateOfBirth, address, ...rest }: Customer) {
  const { fullAddress, postCode, ...plain } = address ?? {};
  return {
    reference_id: referenceId,
    ...rest,
    individual_tax_id: individualTaxId,
    date_of_birth: dateOfBirth,
    address: address && { ...plain, full_address: fullAddress, post_code: postCode },
  };
}

/** The merchant's own, and the owner, whose key is ours alone. */
const metadataFor = ({ metadata, owner }: InvoiceDraft) => ({ ...metadata, [ownerKey]: owner });

/** `attributes` of the private create (docs/platform.md §3). Undefined values leave no trace. */
export const privateAttributes = (draft: InvoiceDraft, site: InvoiceSite) => ({
  reference_id: draft.referenceId,
  amount: toMajorNumber(draft.amount),
  currency: draft.amount.currency,
  service: draft.service,
  service_fields: Object.keys(draft.serviceFields).length > 0 ? draft.serviceFields : undefined,
  flow: draft.flow,
  test_mode: draft.testMode,
  description: draft.description,
  customer: draft.customer && customerBody(draft.customer),
  metadata: metadataFor(draft),
  gateway_options: draft.gatewayOptions,
  return_url: site.returnUrl,
  return_urls: { success: site.returnUrl, pending: site.returnUrl, fail: site.returnUrl },
  callback_url: site.callbackUrl,
  expires: new Date(site.expiresAt).toISOString().replace(/\.\d+Z$/, '+00:00'),
});

/** Body of the public create: the fields documented for it and no more, so no `metadata`. */
export const publicBody = (draft: InvoiceDraft, publicKey: string) => ({
  public_key: publicKey,
  reference_id: draft.referenceId,
  description: draft.description,
  service: draft.service,
  currency: draft.amount.currency,
  amount: toMajorNumber(draft.amount),
  service_fields: Object.keys(draft.serviceFields).length > 0 ? draft.serviceFields : undefined,
});

/**
 * Inputs of the HTML form (docs/platform.md §3 and §11), nested names
 * included: `customer[address][full_address]`.
 */
export const formFields = (
  draft: InvoiceDraft,
  site: InvoiceSite,
  publicKey: string,
): Record<string, string> =>
  flatten({
    public_key: publicKey,
    reference_id: draft.referenceId,
    currency: draft.amount.currency,
    amount: formatMoney(draft.amount),
    service: draft.service,
    description: draft.description,
    customer: draft.customer && customerBody(draft.customer),
    service_fields: draft.serviceFields,
    metadata: metadataFor(draft),
    return_url: site.returnUrl,
    locale: draft.locale,
  });

function flatten(value: object, name = ''): Record<string, string> {
  return Object.entries(value).reduce<Record<string, string>>((fields, [key, part]: [string, unknown]) => {
    const path = name === '' ? key : `${name}[${key}]`;
    if (typeof part === 'object' && part !== null) return { ...fields, ...flatten(part, path) };
    if (typeof part === 'string') return { ...fields, [path]: part };
    return part === undefined ? fields : { ...fields, [path]: JSON.stringify(part) };
  }, {});
}
