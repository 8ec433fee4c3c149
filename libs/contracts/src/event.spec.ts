import { allEvents, defineEvent, eventSubject, isTenantId, LeadScored, nestedClasses, jsonSchemaOf } from './index';

class Nothing {}
const NO_EXAMPLE = { when: 'never', example: { subject: '1', data: {} } };

describe('events', () => {
  it('have subjects of six tokens', () => {
    for (const event of allEvents()) {
      expect(eventSubject(event, 'demo', 'live').split('.')).toHaveLength(6);
    }
    expect(eventSubject(LeadScored, 'demo', 'bulk')).toBe('crm.demo.bulk.lead.scored.v1');
    expect(eventSubject(LeadScored, '*', 'live')).toBe('crm.*.live.lead.scored.v1');
  });

  it.each(['Demo', 'a.b', 'a b', '', '>', 'x'.repeat(41)])('refuse "%s" as a tenant', (tenant) => {
    expect(isTenantId(tenant)).toBe(false);
    expect(() => eventSubject(LeadScored, tenant, 'live')).toThrow("can't be a tenant's id");
  });

  it('are declared once, as aggregate.event', () => {
    expect(() => defineEvent('lead.scored', 1, ['scoring'], 'state', Nothing, NO_EXAMPLE)).toThrow('declared twice');
    expect(() => defineEvent('scored', 1, ['scoring'], 'state', Nothing, NO_EXAMPLE)).toThrow('aggregate.event');
  });

  it('say the lead, its revision and the whole state', () => {
    const data = {} as never;
    expect(LeadScored.ofLead('demo', { lead_id: 7, revision: 3 }, data)).toMatchObject({ tenant: 'demo', subject: '7', leadId: 7, revision: 3 });
  });

  it.each(allEvents().map((event) => [event.type, event] as const))('%s has a schema without loose ends', (_type, event) => {
    const classes = [...nestedClasses(event.data)];
    const names = new Set(classes.map(({ name }) => name));
    for (const one of classes) {
      const schema = JSON.stringify(jsonSchemaOf(one, { closed: false, refPrefix: '' }));
      for (const [, name] of schema.matchAll(/"\$ref":"([^"]+)"/g)) expect(names).toContain(name);
    }
  });
});
