import { searchTerm } from './search-term';

describe('searchTerm', () => {
  it('looks a whole e-mail up as one', () => {
    expect(searchTerm(' Sarah@TechCorp.com ')).toMatchObject({ email: 'sarah@techcorp.com', isExact: true });
    expect(searchTerm('sarah@')).toMatchObject({ email: null, text: 'sarah@', isExact: false });
  });

  it('reads the number of a customer, with its zeros or without', () => {
    expect(searchTerm('cust-000567')).toMatchObject({ number: 'CUST-000567', digits: null, isExact: true });
    expect(searchTerm('CUST-567')).toMatchObject({ number: 'CUST-000567', isExact: true });
    expect(searchTerm('567')).toMatchObject({ number: 'CUST-000567', digits: null, isExact: false });
    expect(searchTerm('1234567')).toMatchObject({ number: 'CUST-1234567', digits: '1234567', isExact: false });
    expect(searchTerm('CUST-TechCorp')).toMatchObject({ number: null, isExact: false });
  });

  it('reads part of a phone number', () => {
    expect(searchTerm('(555) 0123')).toMatchObject({ digits: '5550123' });
    expect(searchTerm('+49 30/12.34-5')).toMatchObject({ digits: '493012345' });
    expect(searchTerm('12')).toMatchObject({ digits: null });
    expect(searchTerm('room 1234')).toMatchObject({ digits: null });
    expect(searchTerm('1'.repeat(41))).toMatchObject({ digits: null });
  });

  it.each(['', '   ', 'a\0b', 'x'.repeat(321)])('finds nothing in %j', (q) => expect(searchTerm(q)).toBeNull());
});
