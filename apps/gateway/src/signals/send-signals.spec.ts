import type { SignalItem } from '@headwater/contracts';
import { wayOf } from './send-signals';

const way = (names: Partial<SignalItem>): number => wayOf(names as SignalItem);

it('what is told of a person by one name goes one way, however an e-mail is written', () => {
  expect(way({ email: ' Ada@X.example' })).toBe(way({ email: 'ada@x.example' }));
  expect(way({ lead_id: 7, email: 'ada@x.example' })).toBe(way({ lead_id: 7, email: 'b@x.example' }));
});

it('there are several ways', () => {
  expect(new Set(['a', 'b', 'c'].map((name) => way({ visitor_id: name })))).toEqual(new Set([0, 1, 2]));
});
