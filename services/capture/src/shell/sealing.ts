import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** Secrets at rest and on topics, under keys of one migration, made from the masking key. */
export interface Sealing {
  /** AES-256-GCM: 12 bytes of nonce, 16 of tag, the text. */
  seal(text: string): Uint8Array;
  /** @throws Error when it was sealed under another key, or is damaged. */
  open(sealed: Uint8Array): string;
  /** HMAC-SHA-256, its first 16 bytes: by which a value is found that is not stored itself. */
  hash(text: string): Buffer;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HASH_BYTES = 16;

export function sealingOf(masterKey: string, migration: string): Sealing {
  const keyFor = (use: string) =>
    createHmac('sha256', masterKey).update(`chronos identifiers ${use}\0${migration}`).digest();
  const sealKey = keyFor('seal');
  const hashKey = keyFor('hash');
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce);
      const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), content]);
    },
    open(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', sealKey, sealed.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const content = sealed.subarray(NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(content), decipher.final()]).toString('utf8');
    },
    hash: (text) => createHmac('sha256', hashKey).update(text).digest().subarray(0, HASH_BYTES),
  };
}
