interface Sender { socket: { remoteAddress?: string }; headers: Record<string, string | string[] | undefined> }

/**
 * The address that a request comes from, for counting. `X-Forwarded-For` can hold anything that its sender likes, except for what
 * our own proxies have added at its end.
 * @param proxies how many of ours stand before us
 */
export function senderAddress({ socket, headers }: Sender, proxies: number): string {
  const direct = socket.remoteAddress ?? 'unknown';
  if (proxies === 0) return direct;
  const hops = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').map((hop) => hop.trim()).filter(Boolean);
  return hops.at(-proxies) ?? hops[0] ?? direct;
}
