import { Material } from '../config/material';
import { Seals } from './seals';

const OLD = 'an old key of at least 32 characters';
const NEW = 'the new key, which is as long as that';
const seals = (...lines: string[]) => new Seals(Material.given(lines.join('\n')));

describe('seals', () => {
  it('open what they sealed, for the purpose that it was sealed for', () => {
    const sealed = seals(OLD).seal('sésame', 'acme client_secret');
    expect(sealed).toMatch(/^s1\.[0-9a-f]{8}\.[\w-]+$/);
    expect(sealed).not.toBe(seals(OLD).seal('sésame', 'acme client_secret'));
    expect(seals(OLD).open(sealed, 'acme client_secret')).toBe('sésame');
    expect(() => seals(OLD).open(sealed, 'other client_secret')).toThrow();
    expect(() => seals(OLD).open(`${sealed.slice(0, -2)}AA`, 'acme client_secret')).toThrow();
  });

  it('go over to a new key while the old one still opens', () => {
    const before = seals(OLD).seal('x', 'p');
    expect(seals(NEW, OLD).open(before, 'p')).toBe('x');
    expect(seals(NEW).open(seals(NEW, OLD).seal('y', 'p'), 'p')).toBe('y');
    expect(() => seals(NEW).open(before, 'p')).toThrow('SEALING_KEY');
  });

  it('seal nothing without a key', () => {
    expect(() => new Seals(undefined).seal('x', 'p')).toThrow('SEALING_KEY');
  });
});
