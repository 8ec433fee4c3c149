import { modelFor, readMapping } from './mapping';

test('a column\'s name may have spaces, commas and equals signs', () => {
  expect(readMapping('Site name=company_name, Zip, or code=postal_code,a=b=city').map(({ column, field }) => [column, field])).toEqual([
    ['Site name', 'company_name'], ['Zip, or code', 'postal_code'], ['a=b', 'city'],
  ]);
});

test('a custom field without a kind is text', () => {
  expect(readMapping('unit=custom_fields.unit')).toEqual([{ column: 'unit', field: 'custom_fields.unit', kind: 'text' }]);
});

test.each([
  ['surname', '--map takes COLUMN=FIELD or COLUMN=FIELD:kind, with commas between, not surname'],
  ['a=city,surname', '--map takes COLUMN=FIELD or COLUMN=FIELD:kind, with commas between, not surname'],
  ['a=shoe_size', '"shoe_size", for a, is no field that leads are matched by; there are first_name, last_name, email'],
  ['a=custom_fields.x:colour', 'There is no kind "colour", for a; there are given_name'],
])('refuses %j', (given, sentence) => {
  expect(() => readMapping(given)).toThrow(sentence);
});

test('fields of the default model stay, others are declared: they tell who it is, but for what is shared by those around', () => {
  const { fields } = modelFor(readMapping('n=last_name,d=custom_fields.born:date,u=custom_fields.unit:text,h=custom_fields.street_number:number,m=mobile:phone,p=phone:exact'));
  const aboutOf = Object.fromEntries(fields.map(({ name, kind, about }) => [name, `${kind} ${about}`]));
  expect(aboutOf).toMatchObject({
    last_name: 'family_name person', 'custom_fields.born': 'date person', 'custom_fields.unit': 'text surroundings', 'custom_fields.street_number': 'number surroundings',
    mobile: 'phone surroundings', phone: 'exact surroundings', email: 'email person',
  });
});

test('where nobody is named, text tells what a record is about', () => {
  const { fields } = modelFor(readMapping('title=custom_fields.title:text,year=custom_fields.year:number'));
  expect(fields.find(({ name }) => name === 'custom_fields.title')!.about).toBe('person');
});
