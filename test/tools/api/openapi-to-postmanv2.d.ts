declare module 'openapi-to-postmanv2' {
  interface Converted {
    readonly result: boolean;
    readonly reason?: string;
    readonly output?: readonly { readonly data: unknown }[];
  }
  export function convertV2(
    input: { readonly type: 'json'; readonly data: object },
    options: Readonly<Record<string, string | boolean>>,
    done: (error: Error | null, converted: Converted) => void,
  ): void;
}
