/** A rep, as far as routing leads goes. */
export interface Rep {
  readonly id: number;
  readonly name: string;
  readonly email: string | null;
  readonly team: { readonly id: number; readonly name: string } | null;
  /** IANA name */
  readonly time_zone: string;
  /** 1-1000 */
  readonly weight: number;
  readonly active: boolean;
  /** leads owned and not converted */
  readonly open_leads: number;
  /** null: no limit */
  readonly max_open_leads: number | null;
}

/** Why a rep can't be given a lead by rules now, in a few words; null when nothing stands against it. */
export function exclusionOf({ active, open_leads, max_open_leads }: Rep): string | null {
  if (!active) return 'inactive';
  if (max_open_leads !== null && open_leads >= max_open_leads) return `at the cap (${open_leads} of ${max_open_leads} open leads)`;
  return null;
}
