import { capture, get, newLead, newPerson, patch, post, running, tellConsumers } from './headwater';

/**
 * The requests of the conversion guide that the user gave us (seed 002), word for word but for the ids, back to back
 * without waiting: with events flowing, and with every event consumer paused.
 */
describe.each(['events flow', 'all event consumers are paused'])('the documented API while %s', (mode) => {
  const paused = mode !== 'events flow';
  beforeAll(() => (paused ? tellConsumers('pause') : undefined));
  afterAll(() => (paused ? tellConsumers('resume') : undefined));

  it('runs in the state that it claims', async () => {
    const services = Object.entries(running().ports).filter(([name]) => ['intake', 'scoring', 'routing', 'qualification'].includes(name));
    const states = await Promise.all(services.map(async ([, servicePort]) => {
      const details = await (await fetch(`http://127.0.0.1:${servicePort}/health/details`)).json() as { parts: { consumers: { state: string } } };
      return details.parts.consumers.state;
    }));
    expect(states).toEqual(services.map(() => (paused ? 'paused' : 'running')));
  });

  const BANT = 'BANT qualified: Budget $75K approved Q1, Authority confirmed (CTO decision maker), Need is integration platform for scaling operations, Timeline is 90 days for implementation.';

  it('qualifies as the example shows: 48 + 42 = 90, grade A, hot', async () => {
    const person = newPerson();
    const { body: { data: { id } } } = await capture<{ id: number }>(person);
    const answer = await post(`/leads/${id}/qualify`, {
      qualified: true, qualification_notes: BANT, update_score: true, behavioral_score: 48, demographic_score: 42,
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      message: 'Lead qualified successfully',
      data: {
        id, email: person.email, status: 'qualified', notes: BANT, qualified_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        lead_score: { total_score: 90, behavioral_score: 48, demographic_score: 42, grade: 'A', temperature: 'hot' },
      },
    });
  });

  it('converts as the example shows', async () => {
    const person = newPerson();
    const { body: { data: { id } } } = await capture<{ id: number }>(person);
    await post(`/leads/${id}/qualify`, { qualified: true, qualification_notes: BANT });
    const { status, body } = await post<{ customer: { id: number }; opportunity: object; lead: object }>(`/leads/${id}/convert`, {
      create_customer: true, create_opportunity: true, opportunity_name: 'TechCorp - Enterprise Integration Platform', opportunity_amount: 75000.00,
      opportunity_stage: 'proposal', opportunity_close_date: '2026-03-15', opportunity_probability: 75,
      notes: 'Lead converted after successful demo and BANT qualification. Proposal to be delivered by Dec 20.',
    });
    expect({ status, message: body.message }).toEqual({ status: 200, message: 'Lead converted successfully' });
    expect(body.data).toMatchObject({
      customer: { email: person.email, type: 'individual', status: 'active', lead_id: id },
      opportunity: {
        name: 'TechCorp - Enterprise Integration Platform', value: 75000, stage: 'proposal', probability: 75, expected_close_date: '2026-03-15',
        customer_id: body.data.customer.id, lead_id: id, created_at: expect.any(String),
      },
      lead: { id, status: 'converted', converted_at: expect.any(String) },
    });
  });

  it('documents thoroughly: notes of both kinds, and lists in fields of its own', async () => {
    const id = await newLead();
    const notes = 'Stakeholders: CTO (decision maker), IT Director (champion), CFO (budget authority). Pain point: Manual integration consuming 20 hours/week. '
      + 'Timeline: Must implement before Q2 busy season.';
    const custom_fields = {
      stakeholders: ['CTO', 'IT Director', 'CFO'], competitors_evaluated: ['Competitor A', 'Competitor B'], technical_requirements: ['API access', 'SSO', '99.9% uptime SLA'],
    };
    const written = await patch(`/leads/${id}`, { qualification_notes: 'Detailed BANT assessment...', notes, custom_fields });
    expect(written).toMatchObject({ status: 200, body: { data: { id, notes, custom_fields } } });
    const kept = (await get<{ text: string }[]>(`/leads/${id}/notes`)).body.data.map(({ text }) => text);
    expect(kept.sort()).toEqual(['Detailed BANT assessment...', notes]);
  });

  it('takes each of the common reasons to disqualify', async () => {
    const reasons = ['no_budget', 'no_authority', 'no_need', 'no_timeline', 'bad_fit', 'competitor', 'not_ready'];
    const answers = await Promise.all(reasons.map(async (disqualification_reason) =>
      post(`/leads/${await newLead()}/qualify`, { qualified: false, disqualification_reason })));
    expect(answers.map(({ status, body }) => [status, (body.data as unknown as { lost_reason: string }).lost_reason])).toEqual(reasons.map((reason) => [200, reason]));
  });

  it('disqualifies with a reason', async () => {
    const id = await newLead();
    const notes = 'Company does not have budget allocated until Q3 2026. Moving to nurture campaign.';
    const answer = await post(`/leads/${id}/qualify`, { qualified: false, disqualification_reason: 'no_budget', qualification_notes: notes });
    expect(answer).toMatchObject({ status: 200, body: { message: 'Lead disqualified', data: { id, status: 'disqualified', lost_reason: 'no_budget', notes } } });
    const without = await post(`/leads/${await newLead()}/qualify`, { qualified: false });
    expect(without).toMatchObject({ status: 422, body: { errors: [{ field: 'disqualification_reason', code: 'required' }] } });
  });

  it('scenario 1: simple conversion, customer only', async () => {
    const person = newPerson();
    const { body: { data: { id } } } = await capture<{ id: number }>(person);
    expect((await post(`/leads/${id}/qualify`, { qualified: true, qualification_notes: 'BANT qualified. Ready for conversion.' })).status).toBe(200);
    const { status, body } = await post<{ customer: { id: number; customer_number: string } }>(`/leads/${id}/convert`, {
      create_customer: true, create_opportunity: false, notes: 'Converting to customer. Will create opportunity when deal structure is finalized.',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      message: 'Lead converted successfully',
      data: {
        customer: {
          first_name: 'Sarah', last_name: 'Johnson', company_name: person.company_name, email: person.email, phone: '+1-555-0123',
          type: 'individual', status: 'active', lead_id: id, created_at: expect.any(String),
        },
        lead: { id, status: 'converted', converted_at: expect.any(String) },
      },
    });
    expect(body.data).not.toHaveProperty('opportunity');
    expect(body.data.customer.customer_number).toBe(`CUST-${String(body.data.customer.id).padStart(6, '0')}`);
  });

  it('scenario 2: full conversion, customer and opportunity', async () => {
    const id = await newLead();
    await post(`/leads/${id}/qualify`, {
      qualified: true, qualification_notes: 'Full BANT qualification completed. Budget $75K, Authority CTO, Need integration, Timeline 90 days.',
      update_score: true, behavioral_score: 48, demographic_score: 42,
    });
    const { status, body } = await post<{ customer: { id: number } }>(`/leads/${id}/convert`, {
      create_customer: true, create_opportunity: true, opportunity_name: 'TechCorp - Enterprise Integration Platform', opportunity_amount: 75000.0,
      opportunity_stage: 'needs_analysis', opportunity_close_date: '2026-03-15', opportunity_probability: 60,
      notes: 'Converted after successful demo. Customer confirmed budget and timeline. Moving to proposal stage.',
    });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      opportunity: {
        id: expect.any(Number), name: 'TechCorp - Enterprise Integration Platform', value: 75000, stage: 'needs_analysis', probability: 60,
        expected_close_date: '2026-03-15', customer_id: body.data.customer.id, lead_id: id, created_at: expect.any(String),
      },
    });
    expect(body.warnings?.map(({ code }) => code)).toEqual(expect.arrayContaining(['close_date_in_past', 'probability_outside_stage_band']));
  });

  it('scenario 3: multi-stage conversion', async () => {
    const id = await newLead();
    const qualify = (body: object) => post(`/leads/${id}/qualify`, { qualified: true, update_score: true, ...body });
    expect(await qualify({ qualification_notes: 'Initial qualification passed. Moving to discovery phase.', behavioral_score: 35, demographic_score: 40 }))
      .toMatchObject({ status: 200, body: { data: { lead_score: { total_score: 75 } } } });
    expect(await patch(`/leads/${id}`, {
      estimated_value: 250000.0, probability: 40, notes: 'Discovery completed with IT team. 5 departments will use platform. Enterprise deployment required.',
    })).toMatchObject({ status: 200, body: { data: { id, estimated_value: 250000, probability: 40, status: 'qualified' } } });
    expect(await patch(`/leads/${id}/score`, {
      behavioral_score: 45, demographic_score: 45, reason: 'Successful POC completion. High engagement from technical team.',
    })).toMatchObject({ status: 200, body: { data: { lead_score: { total_score: 90, behavioral_score: 45, demographic_score: 45 } } } });
    expect(await qualify({ qualification_notes: 'Executive sponsor confirmed. Budget $250K approved. Timeline Q1 2026 go-live.', behavioral_score: 50, demographic_score: 48 }))
      .toMatchObject({ status: 200, body: { data: { lead_score: { total_score: 98, grade: 'A', temperature: 'hot' } } } });
    expect(await post(`/leads/${id}/convert`, {
      create_customer: true, create_opportunity: true, opportunity_name: 'TechCorp Enterprise - Dept-wide Platform Deployment', opportunity_amount: 250000.0,
      opportunity_stage: 'proposal', opportunity_close_date: '2026-02-28', opportunity_probability: 70,
      notes: 'Enterprise deal. 5 departments. Executive sponsor engaged. Legal review in progress.',
    })).toMatchObject({ status: 200, body: { data: { opportunity: { value: 250000, stage: 'proposal', probability: 70 } } } });
  });

  it('scenario 4: conversion after nurturing', async () => {
    const id = await newLead();
    expect((await post(`/leads/${id}/qualify`, {
      qualified: false, disqualification_reason: 'no_budget', qualification_notes: 'Good fit but no budget until Q1 2026. Adding to nurture campaign.',
    })).status).toBe(200);
    expect(await patch(`/leads/${id}`, { status: 'nurturing', tags: ['nurture-q1-2026', 'budget-pending'] }))
      .toMatchObject({ status: 200, body: { data: { status: 'nurturing', tags: ['nurture-q1-2026', 'budget-pending'] } } });
    expect(await patch(`/leads/${id}`, { status: 'contacted', notes: 'Re-engaged. Budget now approved for Q1 2026.' }))
      .toMatchObject({ status: 200, body: { data: { status: 'contacted', notes: 'Re-engaged. Budget now approved for Q1 2026.' } } });
    expect(await post(`/leads/${id}/qualify`, {
      qualified: true, qualification_notes: 'Budget approved. Still speaking with same decision maker. Need remains strong. Timeline confirmed.',
      update_score: true, behavioral_score: 42, demographic_score: 40,
    })).toMatchObject({ status: 200, body: { data: { status: 'qualified', lead_score: { total_score: 82 } } } });
    expect(await post(`/leads/${id}/convert`, {
      create_customer: true, create_opportunity: true, opportunity_name: 'TechCorp - Integration Platform (Nurture Win)', opportunity_amount: 75000.0,
      opportunity_stage: 'qualification', opportunity_close_date: '2026-03-31', opportunity_probability: 65,
      notes: 'Successfully nurtured lead. Budget approved in Q1 as expected. Moving forward with proposal.',
    })).toMatchObject({ status: 200, body: { data: { opportunity: { stage: 'qualification' } } } });
  });

  it('challenge 1: incomplete qualification goes back to contacted', async () => {
    const id = await newLead();
    await post(`/leads/${id}/qualify`, { qualified: true });
    const notes = 'Need more discovery: budget not confirmed, need to reach VP level decision maker. Scheduling follow-up call next week.';
    expect(await patch(`/leads/${id}`, { status: 'contacted', notes })).toMatchObject({ status: 200, body: { data: { status: 'contacted', notes } } });
  });

  it('challenge 2: several decision makers; stage and date take their defaults', async () => {
    const id = await newLead();
    await post(`/leads/${id}/qualify`, { qualified: true });
    expect(await post(`/leads/${id}/convert`, {
      create_customer: true, create_opportunity: true, opportunity_name: 'TechCorp Enterprise (Committee: 5 stakeholders)', opportunity_amount: 200000.0,
      notes: 'Primary: Sarah Johnson (CTO, decision maker). Committee: IT Director (champion), CFO (budget), VP Ops (user), Legal (contracts). Champion is IT Director Mike Chen.',
    })).toMatchObject({ status: 200, body: { data: { opportunity: { stage: 'prospecting', probability: 15, expected_close_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) } } } });
  });

  it('challenge 3: qualified, but the budget comes later', async () => {
    const id = await newLead();
    await post(`/leads/${id}/qualify`, { qualified: true, qualification_notes: 'Fully qualified but budget not available until Q2 2026. All other BANT criteria met. Maintaining engagement until budget release.' });
    expect(await patch(`/leads/${id}`, {
      status: 'nurturing', tags: ['budget-q2-2026', 'qualified-waiting'],
      notes: "Budget approved but not released until Q2. Confirmed we're the vendor of choice. Will convert when budget available.",
    })).toMatchObject({ status: 200, body: { data: { status: 'nurturing', qualified_at: expect.any(String) } } });
  });

  it('challenge 4: the opportunity comes later', async () => {
    const id = await newLead();
    await post(`/leads/${id}/qualify`, { qualified: true });
    const converted = await post<{ customer: { id: number } }>(`/leads/${id}/convert`, {
      create_customer: true, create_opportunity: false,
      notes: 'Customer qualified and ready to proceed. Starting with basic package, will expand. Creating opportunity once deployment plan is finalized.',
    });
    const customer_id = converted.body.data.customer.id;
    const later = await post<{ id: number }>('/opportunities', {
      name: 'TechCorp - Platform Expansion', customer_id, lead_id: id, value: 50000.0, stage: 'proposal', expected_close_date: '2026-02-28',
    });
    expect(later).toMatchObject({ status: 201, body: { data: { name: 'TechCorp - Platform Expansion', customer_id, lead_id: id, value: 50000, stage: 'proposal', expected_close_date: '2026-02-28' } } });
    expect(await get(`/opportunities/${later.body.data.id}`)).toMatchObject({ status: 200, body: { data: { id: later.body.data.id } } });
    const other = await newLead();
    expect((await post('/opportunities', { name: 'Not theirs', customer_id, lead_id: other, value: 1 })).status).toBe(422);
  });

  it('error: "Lead must be qualified before conversion", and the way out of it', async () => {
    const id = await newLead();
    expect(await post(`/leads/${id}/convert`, { create_customer: true }))
      .toMatchObject({ status: 409, body: { message: 'Lead must be qualified before conversion', detail: 'Lead must be qualified before conversion' } });
    expect((await post(`/leads/${id}/qualify`, { qualified: true, qualification_notes: 'BANT qualified' })).status).toBe(200);
    expect((await post(`/leads/${id}/convert`, { create_customer: true })).status).toBe(200);
  });

  it('error: "Customer with this email already exists", and the search that finds it', async () => {
    const person = newPerson();
    const { body: { data: { id } } } = await capture<{ id: number }>(person);
    await post(`/leads/${id}/qualify`, { qualified: true });
    const { body: { data: { customer } } } = await post<{ customer: { id: number } }>(`/leads/${id}/convert`, { create_customer: true });
    // A new interest of the same person is a new lead; its conversion meets the customer.
    const again = await capture<{ id: number }>(person);
    expect(again.status).toBe(201);
    await post(`/leads/${again.body.data.id}/qualify`, { qualified: true });
    expect(await post(`/leads/${again.body.data.id}/convert`, { create_customer: true }))
      .toMatchObject({ status: 409, body: { message: 'Customer with this email already exists' } });
    const found = await get<{ id: number }[]>(`/customers/search?q=${encodeURIComponent(String(person.email))}`);
    expect(found.status).toBe(200);
    expect(found.body.data.map((one) => one.id)).toEqual([customer.id]);
    // Nothing stays reserved: the lead can be worked on.
    expect((await patch(`/leads/${again.body.data.id}`, { status: 'contacted' })).status).toBe(200);
  });

  it('gives a lead that nobody owns to the rep who converts it', async () => {
    if (!paused) return; // with events flowing the lead has an owner in a moment
    const rep = { token: running().rep_token };
    const id = await newLead();
    await post(`/leads/${id}/qualify`, { qualified: true }, rep);
    const { body } = await post<{ customer: { owner_id: number } }>(`/leads/${id}/convert`, { create_customer: true }, rep);
    expect(body.warnings ?? []).not.toContainEqual(expect.objectContaining({ code: 'no_owner' }));
    expect(await get(`/leads/${id}`)).toMatchObject({ body: { data: { owner: { id: body.data.customer.owner_id } } } });
  });

  it('locks a converted lead for every write, and still shows it', async () => {
    const id = await newLead();
    await post(`/leads/${id}/qualify`, { qualified: true });
    await post(`/leads/${id}/convert`, { create_customer: true });
    const writes = await Promise.all([
      patch(`/leads/${id}`, { city: 'Rome' }), patch(`/leads/${id}`, { rating: 5 }), patch(`/leads/${id}`, { status: 'contacted' }),
      patch(`/leads/${id}`, { priority: 'high' }), patch(`/leads/${id}`, {}), patch(`/leads/${id}/score`, { behavioral_score: 1 }),
      post(`/leads/${id}/qualify`, { qualified: true }), post(`/leads/${id}/convert`, { create_customer: true }),
    ]);
    expect(writes.map(({ status, body }) => `${status} ${body.code}`)).toEqual(writes.map(() => '409 lead_locked'));
    expect(await get(`/leads/${id}`)).toMatchObject({
      status: 200, body: { data: { id, status: 'converted', customer_id: expect.any(Number), account_id: expect.any(Number), contact_id: expect.any(Number) } },
    });
  });
});
