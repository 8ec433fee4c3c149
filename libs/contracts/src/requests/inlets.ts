import type { Context } from '../context';
import { defineRequest } from '../request';

/** The ways in that a tenant sets up itself. Each kind has settings of its own. */
export const INLET_KINDS = ['form', 'connector'] as const;
export type InletKind = (typeof INLET_KINDS)[number];

/** What a key begins with, by kind: it is known for what it is wherever it turns up. */
export const INLET_KEY_PREFIXES = { form: 'hwf_', connector: 'hwc_' } as const satisfies Record<InletKind, string>;

/** Whether a text may be an inlet's key at all: a prefix and 192 random bits. */
export const isInletKey = (text: string): boolean => /^hw[fc]_[\w-]{32}$/.test(text);

/** An inlet as the edge needs it, with what nobody else is shown. */
export interface EdgeInlet {
  kind: InletKind;
  id: number;
  tenant: string;
  name: string;
  /** the part of its address that names it: public, good for sending in and for nothing else */
  key: string;
  /** known to intake and the edge alone: for what the edge signs and wants to know again */
  secret: string;
  revoked: boolean;
  revision: number;
  /** as its kind has them; intake has checked them */
  settings: Record<string, unknown>;
}

/** An inlet as those who set it up see it. */
export interface InletRecord extends Omit<EdgeInlet, 'secret' | 'tenant' | 'revoked'> {
  created_at: string;
  updated_at: string;
  revoked_at: string | null;
}

/** The inlet that has this key now, revoked or not; null when none has. */
export const FindInlet = defineRequest<{ key: string }, { inlet: EdgeInlet | null }>('intake', 'find_inlet');

/**
 * The inlets of all tenants by id, those after `after`, in parts that fit a message. Who sends the digest of the answer to their
 * last whole reading is told nothing more when all is still as it was then.
 */
export const ListInlets = defineRequest<
  { after: number; digest?: string },
  { digest: string; unchanged: true } | { digest: string; unchanged: false; inlets: EdgeInlet[]; next: number | null }
>('intake', 'list_inlets');

type OneInlet = { context: Context; kind: InletKind; id: number };

export const CreateInlet = defineRequest<
  { context: Context; kind: InletKind; name: string; settings: object }, { inlet: InletRecord }
>('intake', 'create_inlet');

export const GetInlet = defineRequest<OneInlet, { inlet: InletRecord }>('intake', 'get_inlet');

/** Newest first, revoked ones too. */
export const PageInlets = defineRequest<
  { context: Context; kind: InletKind; cursor?: string; limit: number }, { inlets: InletRecord[]; next_cursor: string | null }
>('intake', 'page_inlets');

/** An absent name stays; of the settings each that is given takes the place of its former value, and null takes it back. */
export const ChangeInlet = defineRequest<OneInlet & { name?: string; settings: object }, { inlet: InletRecord }>('intake', 'change_inlet');

/** `revoke`: nothing comes in any more; `restore`: again; `rotate_key`: from now on under a new key alone. */
export const INLET_COMMANDS = ['revoke', 'restore', 'rotate_key'] as const;
export type InletCommand = (typeof INLET_COMMANDS)[number];
export const CommandInlet = defineRequest<OneInlet & { command: InletCommand }, { inlet: InletRecord }>('intake', 'command_inlet');
