import { promisify } from 'node:util';
import { convertV2 } from 'openapi-to-postmanv2';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import { openApiDocument } from '../../../src/ingress/docs/openapi.ts';

const convert = promisify(convertV2);

/** A parameter or header of a request, as Postman has it. */
const field = z.looseObject({ description: z.object({ content: z.string() }).optional() });

/** What may be left out is shown, but not sent: the converter makes up values. */
const optionalOff = (fields: readonly z.infer<typeof field>[]) =>
  fields.map((one) => {
    const { content = '(Required)' } = one.description ?? {};
    return content.startsWith('(Required)') ? one : { ...one, value: '', disabled: true };
  });

const call = z.looseObject({
  name: z.string(),
  request: z.looseObject({
    method: z.string(),
    url: z.looseObject({ path: z.array(z.string()), query: z.array(field) }),
    header: z.array(field),
  }),
});
const collection = z.looseObject({
  info: z.looseObject({ name: z.string(), schema: z.string() }),
  item: z.array(z.looseObject({ name: z.string(), item: z.array(call) })),
});

/** The order API as a collection of Postman 2.1, which Bruno, Insomnia and others import too; `npm start` answers it. */
export async function postmanCollection(): Promise<string> {
  const options = { folderStrategy: 'Tags', parametersResolution: 'Example', requestNameSource: 'Fallback' };
  const { result, reason, output } = await convert({ type: 'json', data: openApiDocument }, options);
  if (!result) throw new Error(`The OpenAPI document was not converted: ${reason ?? 'no reason given'}.`);
  const { info, item, ...rest } = collection.parse(output?.[0]?.data);
  const made = {
    ...rest,
    info: { ...info, _postman_id: undefined },
    item: item.map((folder) => ({ ...folder, id: undefined, item: folder.item.map(plainCall) })),
    variable: [
      { key: 'baseUrl', value: 'http://localhost:3000' },
      { key: 'bearerToken', value: 'demo-shop-key' },
    ],
  };
  const style = await resolveConfig(new URL(import.meta.url));
  return format(JSON.stringify(made), { ...style, parser: 'json' });
}

/** Without ids, which differ each time, and without answers: the document has real ones. */
const plainCall = ({ request, ...more }: z.infer<typeof call>) => ({
  ...more,
  id: undefined,
  request: {
    ...request,
    url: { ...request.url, query: optionalOff(request.url.query) },
    header: optionalOff(request.header),
  },
  response: [],
});
