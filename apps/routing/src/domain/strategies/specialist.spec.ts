import { candidateOf } from '../../../test/reps';
import { specialist } from './specialist';

const ana = candidateOf(1, { skills: ['healthcare', 'erp'], languages: ['fr'] });
const unsuited = (lead: object, fields?: string[]) => specialist.unsuited!(ana, { lead: { ...lead }, options: { fields } });

test('one skill of what the lead asks for is enough, whatever its capitals', () => {
  expect(unsuited({ industry: 'Healthcare' })).toBeNull();
  expect(unsuited({ industry: 'retail', custom_fields: { product: ' ERP ' } })).toBeNull();
  expect(unsuited({ industry: 'retail', custom_fields: { product: 'CRM' } })).toBe('knows none of retail, crm');
});

test('a pool says which fields name a skill, or a language', () => {
  expect(unsuited({ industry: 'retail', tags: ['new', 'erp'] }, ['tags'])).toBeNull();
  expect(unsuited({ custom_fields: { language: 'FR' } }, ['custom_fields.language'])).toBeNull();
  expect(unsuited({ industry: 'healthcare' }, ['tags'])).toBe('the lead asks for no specialist');
});

test.each([{}, { industry: null, custom_fields: null }, { custom_fields: { product: 7 } }])('a lead that names nothing is for nobody: %j', (lead) => {
  expect(unsuited(lead)).toBe('the lead asks for no specialist');
});

test('those who know it take turns', () => {
  expect(specialist.pick({ lead: { industry: 'healthcare' }, options: {}, eligible: [ana], excluded: [] }))
    .toMatchObject({ repId: 1, because: 'next in turn of those who know healthcare' });
});
