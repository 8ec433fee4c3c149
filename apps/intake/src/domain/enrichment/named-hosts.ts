import { literalAddress } from './public-address';

/** A host that may be asked whatever its address is, because whoever runs the installation named it. */
export interface NamedHost {
  host: string;
  /** that it may be asked at besides 80 and 443; null for none */
  port: number | null;
  /** where it is, without asking anybody: an address and a port; null when its name is looked up */
  at: { address: string; port: number } | null;
}

const HOST = /^[a-z0-9.-]+$/;
const ENTRY = /^([^:=]+)(?::(\d+))?(?:=(.+):(\d+))?$/;

/**
 * Hosts with commas between them: `name`, `name:port`, or `name=address:port`, which is asked at that address whatever its name
 * says. @throws Error that tells the first entry that is none
 */
export function readNamedHosts(text: string): NamedHost[] {
  return text.split(',').map((entry) => entry.trim()).filter(Boolean).map((entry) => {
    const [, host = '', port, address, at] = ENTRY.exec(entry.toLowerCase()) ?? [];
    const literal = address === undefined ? null : literalAddress(address);
    const ports = [port, at].filter((one) => one !== undefined).map(Number);
    if (!HOST.test(host) || (address !== undefined && !literal) || ports.some((one) => one < 1 || one > 65_535)) {
      throw new Error(`"${entry}" is neither name, name:port nor name=address:port`);
    }
    return { host, port: port ? Number(port) : null, at: literal ? { address: literal, port: Number(at) } : null };
  });
}
