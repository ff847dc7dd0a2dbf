import { BlockList, isIP, type IPVersion } from 'node:net';

const familyOf = (address: string): IPVersion | null =>
  isIP(address) === 4 ? 'ipv4' : isIP(address) === 6 ? 'ipv6' : null;

/** `192.0.2.7`, `192.0.2.0/24` or the same of IPv6; null where one of them is neither. */
export function parseAddresses(parts: readonly string[]): BlockList | null {
  const list = new BlockList();
  for (const part of parts) {
    const [address = '', prefix, ...more] = part.split('/');
    const family = familyOf(address);
    if (family === null || more.length > 0) return null;
    if (prefix === undefined) list.addAddress(address, family);
    else if (isPrefix(prefix, family)) list.addSubnet(address, Number(prefix), family);
    else return null;
  }
  return list;
}

const isPrefix = (prefix: string, family: IPVersion): boolean =>
  /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 'ipv4' ? 32 : 128);

/** Whether an address, IPv4 within IPv6 as well, is among those listed; what is no address is not. */
export function isAmong(list: BlockList, address: string): boolean {
  const family = familyOf(address);
  return family !== null && list.check(address, family);
}
