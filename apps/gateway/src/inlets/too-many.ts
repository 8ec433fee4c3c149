import { DomainError } from '@headwater/contracts';

/** @param waitMs after which it is worth trying again */
export const tooMany = (waitMs: number): DomainError => {
  const retry_after = Math.max(1, Math.ceil(waitMs / 1_000));
  return new DomainError({
    kind: 'too_many', code: 'too_many_requests', detail: `Too many requests: try again in ${retry_after} s`, more: { retry_after },
  });
};
