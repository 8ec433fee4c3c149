import { DomainError } from '@headwater/contracts';
import { refused, type Examples } from '../documents/example';

const TABLE = {
  rules: [
    { name: 'Our podcast', when: { field: 'utm.source', op: 'in', value: ['podcast', 'founders-talk'] }, channel: 'partner' },
    { name: 'Search ads', when: { any: [{ field: 'click_ids', op: 'has_any', value: ['gclid', 'msclkid'] }, { field: 'utm.medium', op: 'eq', value: 'cpc' }] }, channel: 'paid_search' },
    { name: 'Fairs', when: { field: 'source', op: 'in', value: ['event', 'trade_show'] }, channel: 'event' },
  ],
  otherwise: 'direct',
};

const answered = (message: string) => ({ message, data: { version: 1, table: TABLE, created_by: 'CRM sync', created_at: '2026-03-01T09:00:00.000Z' } });

export const getChannels = { own_table: { summary: 'A table of their own', answer: answered('Channel table found') } } satisfies Examples;

export const replaceChannels = {
  own_table: { summary: 'A table of their own, after the one that every tenant begins with', body: TABLE, answer: answered('Channel table replaced') },
  unknown_field: {
    summary: 'A condition over something that no submission says', body: { ...TABLE, rules: [{ name: 'Warm', when: { field: 'weather', op: 'eq', value: 'warm' }, channel: 'email' }] },
    ...refused(DomainError.invalidField('rules.0.when.field', 'unknown_field', "There is no field 'weather'.")),
  },
} satisfies Examples;

export const tryChannels = {
  by_rule: {
    summary: 'A link in a podcast', body: { utm: { source: 'podcast', medium: 'audio' }, referrer: 'https://podcasts.example.org/' },
    answer: {
      message: 'Channel decided',
      data: {
        channel: 'partner', rule: 'Our podcast', version: 1,
        facts: {
          utm: { source: 'podcast', medium: 'audio', campaign: null }, click_ids: [], source: null, campaign: null, entry: null,
          referrer: { host: 'podcasts.example.org', domain: 'example.org', site: 'example' },
        },
        tried: [{ name: 'Our podcast', held: true, because: 'utm source is one of podcast, founders-talk' }],
      },
    },
  },
} satisfies Examples;
