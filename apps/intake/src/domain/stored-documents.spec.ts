import { DEFAULT_MODEL } from '@headwater/matching';
import { completeModel, completePolicy, completeSettings } from './stored-documents';

describe('a document that an earlier release has stored', () => {
  it('has the usual for what has come since, in its groups, too', () => {
    expect(completeSettings({ id: 'acme', currency: 'CHF', picklists: { sources: ['fair'] } })).toEqual({
      id: 'acme', currency: 'CHF', time_zone: 'UTC', picklists: { industries: [], sources: ['fair'] }, policies: {},
    });
    const fields = DEFAULT_MODEL.fields.slice(0, 2);
    expect(completeModel({ fields, bands: { same: 0.999 } })).toEqual({ ...DEFAULT_MODEL, fields, bands: { same: 0.999, review: DEFAULT_MODEL.bands.review } });
    expect(completePolicy({ default: 'newest' })).toEqual({ default: 'newest', fields: {}, auto_update: 'none' });
  });

  it('stays as it is where it is whole, with what a later one has put there', () => {
    const settings = { id: 'acme', currency: 'CHF', time_zone: 'Europe/Zurich', picklists: { industries: ['Cheese'], sources: [] }, policies: { require_owner: true } };
    expect(completeSettings({ ...settings, ...{ later: 1 } })).toEqual({ ...settings, later: 1 });
    expect(completeModel({ ...DEFAULT_MODEL, company_aliases: [] })).toEqual({ ...DEFAULT_MODEL, company_aliases: [] });
  });
});
