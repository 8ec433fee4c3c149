import { faultsOf } from './evidence';

const kept = { leads: 40, touches: 40, events: 40, published: 40 };

test('has nothing to say when everything is there', () => {
  expect(faultsOf('paused, 8 clients', 40, kept)).toEqual([]);
  expect(faultsOf('pipeline', 40, kept, 40)).toEqual([]);
});

test('says what is missing, or too much', () => {
  expect(faultsOf('pipeline', 40, { ...kept, touches: 39, published: 41 }, 38))
    .toEqual(['pipeline: 40 leads were accepted, but there are 39 touches, 41 published, 38 routed']);
});
