import { versionIn } from './etag';

describe('If-Match', () => {
  it.each([undefined, '*', ' * '])('%s expects nothing', (header) => expect(versionIn(header)).toEqual({}));

  it.each([['"3"', '3'], [' "3.2.15" ', '3.2.15']])('%s expects a version', (header, expected_version) => expect(versionIn(header)).toEqual({ expected_version }));

  it.each(['3', 'W/"3"', '"i1.s1"', '"3", "4"', '""'])('%s is no tag of ours', (header) => {
    expect(() => versionIn(header)).toThrow(expect.objectContaining({ body: expect.objectContaining({ code: 'precondition_failed' }) }));
  });
});
