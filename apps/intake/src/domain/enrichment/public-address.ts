import * as ipaddr from 'ipaddr.js';

/** The only part of IPv6 that is given out to the world; all else is local, translated or of no use. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** Public by its number, and yet the host's own: Azure's metadata and agent. */
const NOT_THE_WORLD = new Set(['168.63.129.16']);

/**
 * Whether an address is one of the public internet, so that asking it can reach nothing that is ours. Private, loopback,
 * link-local (metadata services), carrier-grade NAT, multicast, reserved and documentation ranges are not; nor is an IPv6
 * address that only stands for an IPv4 one (mapped, compatible, NAT64, 6to4, Teredo), whatever that one is.
 * @param address as a resolver gives it; text that is no address is not public
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast' || NOT_THE_WORLD.has(parsed.toString())) return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
}

/** The address that a host is, without a name; null for a name. `[::1]` is one. */
export function literalAddress(host: string): string | null {
  const bare = host.startsWith('[') ? host.slice(1, -1) : host;
  return ipaddr.isValid(bare) ? bare : null;
}
