import { modelFor, readMapping } from './mapping';
import { recordsOf } from './records';

const read = (map: string, ...rows: Record<string, string>[]) => {
  const columns = readMapping(map);
  return recordsOf({ file: 'leads.csv', columns: Object.keys(rows[0]!), rows }, columns, modelFor(columns));
};

test('columns of one field are joined in their order, normalised, and what is empty is left out', () => {
  expect(read('no=street,road=street,town=city', { road: 'Main Street', no: '12', town: '' })).toEqual([{ street: '12 main st' }]);
  expect(read('y=custom_fields.born:date,m=custom_fields.born:date,d=custom_fields.born:date', { d: '24', m: '6', y: '1971' }))
    .toEqual([{ 'custom_fields.born': '19710624' }]);
});

test('columns that aren\'t mapped are not seen', () => {
  expect(read('town=city', { town: 'Paris', cluster: '7' })).toEqual([{ city: 'paris' }]);
});

test.each([
  ['Ann Mary Ito', { first_name: 'ann mary', last_name: 'ito' }], ['Ito, Ann Mary', { first_name: 'ann mary', last_name: 'ito' }],
  ['Cher', { last_name: 'cher' }],
])('the full name %s is split', (name, record) => {
  expect(read('name=full_name', { name })).toEqual([record]);
});
