import { searchTerm } from './search-term';

describe('searchTerm', () => {
  it('looks a whole e-mail up as one', () => {
    expect(searchTerm(' Sarah@TechCorp.com ')).toEqual({ kind: 'email', email: 'sarah@techcorp.com' });
  });

  it('takes % _ and \\ as they are', () => {
    expect(searchTerm('50%_off\\')).toMatchObject({ kind: 'text', pattern: '50\\%\\_off\\\\' });
  });

  it('reads a number of a customer or of a phone', () => {
    expect(searchTerm('cust-000567')).toMatchObject({ number: 'CUST-000567', digits: null });
    expect(searchTerm('(555) 0123')).toMatchObject({ digits: '5550123' });
    expect(searchTerm('12')).toMatchObject({ digits: null });
  });

  it.each(['', '   ', 'a\0b', 'x'.repeat(321)])('finds nothing in %j', (q) => expect(searchTerm(q)).toBeNull());
});
