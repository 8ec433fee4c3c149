import { completeName, namesContradict } from './person-name';

describe('completeName', () => {
  it('makes the full name of its parts and the parts of the full name', () => {
    expect(completeName({ first_name: 'Sarah', last_name: 'Johnson' }).full_name).toBe('Sarah Johnson');
    expect(completeName({ full_name: 'Mary Ann  Smith' })).toEqual({ first_name: 'Mary Ann', last_name: 'Smith', full_name: 'Mary Ann  Smith' });
    expect(completeName({ full_name: 'Cher' })).toEqual({ first_name: null, last_name: 'Cher', full_name: 'Cher' });
    expect(completeName({})).toMatchObject({ full_name: null });
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
  ])('%s and %s: %s', (one, other, contradict) => {
    expect(namesContradict(named(one), named(other))).toBe(contradict);
    expect(namesContradict(named(other), named(one))).toBe(contradict);
  });
});
