import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { DomainError } from '@headwater/contracts';
import { secret, type Material, type Shape } from '../config/material';

const SHORTEST = 32;
const VERSION = 's1';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** After this long a key that was rotated is used. */
const MAX_AGE_MS = 1_000;

const linesOf = (text: string): string[] => text.split(/\r?\n/).filter(Boolean);

const keys: Shape = (text) => {
  const shortest = Math.min(...linesOf(text).map(({ length }) => length));
  if (!Number.isFinite(shortest)) throw new Error('is empty');
  if (shortest < SHORTEST) throw new Error(`has only ${shortest} characters`);
};

/** What a service that seals or opens secrets of tenants reads. */
export const sealingVariables = {
  SEALING_KEY: secret(keys)({
    default: undefined,
    desc: `seals what tenants entrust to us, such as the secrets of connectors; at least ${SHORTEST} random characters, the same for gateway and intake; `
      + 'while it is being replaced, the new and the old one on a line each',
  }),
};

/**
 * Seals secrets that are not ours: they lie in the database and travel between services sealed, and only who has the key and is
 * about to use one opens it. AES-256-GCM, under a key that is derived from the variable (HKDF with SHA-256); the first line seals,
 * every line opens. What is sealed is bound to what it is for: it opens nowhere else.
 */
export class Seals {
  private readonly derived = new Map<string, Buffer>();

  constructor(private readonly material: Material | undefined) {}

  /** @param purpose what it is for, such as tenant and name @throws DomainError `no_sealing_key` when the operator has set none */
  seal(text: string, purpose: string): string {
    const [current] = this.keysInUse();
    if (!current) {
      throw DomainError.conflict('no_sealing_key', 'Secrets can not be kept here: whoever runs this installation has not set SEALING_KEY');
    }
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, current.key, iv);
    cipher.setAAD(Buffer.from(purpose));
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [VERSION, current.id, sealed.toString('base64url')].join('.');
  }

  /** @throws Error when it was sealed with a key that is not here, for another purpose, or was changed */
  open(sealed: string, purpose: string): string {
    const [version, id, box = ''] = sealed.split('.');
    const found = this.keysInUse().find((one) => one.id === id);
    if (version !== VERSION || !found) throw new Error('A secret was sealed with a key that SEALING_KEY does not name');
    const bytes = Buffer.from(box, 'base64url');
    const decipher = createDecipheriv(CIPHER, found.key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString();
  }

  private keysInUse(): { id: string; key: Buffer }[] {
    return linesOf(this.material?.read(MAX_AGE_MS) ?? '').map((text) => {
      const key = this.derived.get(text) ?? Buffer.from(hkdfSync('sha256', text, '', 'headwater seals', 32));
      this.derived.set(text, key);
      return { key, id: createHash('sha256').update(key).digest('hex').slice(0, 8) };
    });
  }
}
