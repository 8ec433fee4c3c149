import { checkPolicy, DEFAULT_POLICY } from './merge-policy';

it('takes its own default', () => expect(checkPolicy(DEFAULT_POLICY)).toEqual([]));

it.each<[unknown, string[]]>([
  [{}, ['default unknown_value']],
  [null, ['default unknown_value']],
  [{ default: 'union' }, ['default unknown_value']],
  [{ default: 'primary', auto_update: 'review' }, ['auto_update unknown_value']],
  [{ default: 'primary', auto_update: null }, ['auto_update unknown_value']],
  [{ default: 'primary', fields: [] }, ['fields wrong_type']],
  [{ default: 'primary', field: {} }, ['field unknown_field']],
  [{ default: 'primary', fields: { town: 'newest' } }, ['fields.town unknown_field']],
  [{ default: 'primary', fields: { city: 'best' } }, ['fields.city unknown_value']],
  [{ default: 'primary', fields: { city: 'sum', tags: 'longest', employees: 'union', job_title: 'block', phone: 'strictest' } },
    ['fields.city not_applicable', 'fields.tags not_applicable', 'fields.employees not_applicable', 'fields.job_title not_applicable', 'fields.phone not_applicable']],
])('finds everything that is wrong with %j', (document, problems) => {
  expect(checkPolicy(document).map(({ field, code }) => `${field} ${code}`)).toEqual(problems);
});
