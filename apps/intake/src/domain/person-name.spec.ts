import { completeName, namesContradict } from './person-name';

describe('completeName', () => {
  it('makes the full name of its parts', () => {
    expect(completeName({ first_name: 'Sarah', last_name: 'Johnson' }).full_name).toBe('Sarah Johnson');
    expect(completeName({ first_name: 'Sarah', last_name: 'Johnson', full_name: 'Dr. Sarah Johnson' })).toMatchObject({ full_name: 'Dr. Sarah Johnson' });
    expect(completeName({})).toMatchObject({ full_name: null });
    const [a, b] = ['a'.repeat(100), 'b'.repeat(100)];
    expect(completeName({ first_name: a, last_name: b }).full_name).toBe(`${a} ${b.slice(1)}`);
    expect(completeName({ first_name: a, last_name: `${b.slice(2)}🙂` }).full_name).toBe(`${a} ${b.slice(2)}`);
  });

  it.each([
    ['Mary Ann  Smith', 'Mary Ann', 'Smith', undefined],
    ['Cher', null, 'Cher', undefined],
    ['Johnson, Sarah', 'Sarah', 'Johnson', undefined],
    ['de la Cruz, Ana María', 'Ana María', 'de la Cruz', undefined],
    ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven', undefined],
    ['Ana De Armas', 'Ana', 'De Armas', undefined],
    ['Charles de la Vallée Poussin', 'Charles', 'de la Vallée Poussin', undefined],
    ['Van Morrison', 'Van', 'Morrison', undefined],
    ['Dr. Sarah Johnson', 'Sarah', 'Johnson', 'Dr.'],
    ['Prof. Dr.-Ing. Max Weber, MBA', 'Max', 'Weber', 'Prof. Dr.-Ing.'],
    ['Johnson, Dr. Sarah', 'Sarah', 'Johnson', 'Dr.'],
    ['John Smith, Jr.', 'John', 'Smith', undefined],
    ['John Smith Jr.', 'John', 'Smith Jr.', undefined],
    ['Sarah Johnson PhD', 'Sarah', 'Johnson', undefined],
    ['Dr.', null, 'Dr.', undefined],
    ['山田太郎', null, '山田太郎', undefined],
  ])('reads the parts of %s', (full_name, first_name, last_name, salutation) => {
    expect(completeName({ full_name })).toEqual({ first_name, last_name, full_name, salutation });
  });

  it('keeps a salutation that was sent', () => {
    expect(completeName({ full_name: 'Dr. Sarah Johnson', salutation: 'Ms' }).salutation).toBe('Ms');
  });
});

describe('namesContradict', () => {
  const named = (full_name: string) => ({ full_name });
  it.each([
    ['Sarah Johnson', 'Mike Chen', true],
    ['Sarah Johnson', 'Sarah Miller', false],
    ['S. Johnson', 'Sarah Johnson', false],
    ['José García', 'Jose Garcia', false],
    ['S. J.', 'Sarah Johnson', false],
    ['Sarah Johnson', '', false],
    ['Dr. Sarah Johnson', 'Dr. Mike Chen', true],
    ['Bob', 'Robert', false],
    ['Maryann', 'Mary Ann', false],
    ['Юлия', 'Yuliya', false],
    ['John Smith Jr.', 'Mike Chen Jr.', true],
  ])('%s and %s: %s', (one, other, contradict) => {
    expect(namesContradict(named(one), named(other))).toBe(contradict);
    expect(namesContradict(named(other), named(one))).toBe(contradict);
  });
});
