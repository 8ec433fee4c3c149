import { eventually } from '@headwater/testing';
import { apiDocument, faultsIn, responseOf, routes, type Route } from './api-document';
import { examples, isOfPublicForm, named, World } from './examples';
import { call, newPerson, post, running, type Answer } from './headwater';

const SET_UP = ['replaceRoutingSetup.two_teams'];
const RULES_DRAFTED = [...SET_UP, 'createRuleSet.enterprise_first'];
const CAPTURED = ['replaceRoutingSetup.two_teams', 'createLead.new_person'];
const PUT_BACK = [...CAPTURED, 'updateLead.put_back'];
const BY_FORM = [...CAPTURED, 'createLead.public_form_known'];
const IN_DOUBT = [...CAPTURED, 'createLead.in_doubt'];
const QUALIFIED = [...CAPTURED, 'qualifyLead.qualified'];
const TWO = [...CAPTURED, 'createLead.by_another_address'];
const MERGED = [...TWO, 'mergeLeads.two_addresses'];
const NURTURED = [...CAPTURED, 'nurtureLead.looks_for_a_solution'];
const READ = [...CAPTURED, 'updateLead.budget_approved'];
const LISTED = [...READ, 'listLeadAssessments.read_in_a_note'];
const CONVERTED = [...QUALIFIED, 'convertLead.with_opportunity'];

/** She comes back, as a lead of her own. */
const AGAIN = [...CONVERTED, 'createLead.known_person', 'qualifyLead.qualified'];
const TEAMED = ['createTeam.commercial'];
const STAFFED = [...TEAMED, 'createRep.priya'];

const CLOCKED = ['replaceSlaPolicies.within_the_hour', ...CAPTURED];
const PAUSED = [...CLOCKED, 'pauseLeadSla.on_a_plane'];
const CALENDAR = ['createCalendar.munich'];

const UPLOADED = ['createImport.semicolons'];
const IMPORTED = [...UPLOADED, 'startImport.with_mapping'];

const DRAFTED = ['createScoringModel.segment'];
const ACTIVATED = [...CAPTURED, ...DRAFTED, 'activateScoringModel.draft'];

/** What has happened before an operation, or before one of its examples: other examples. Where nothing stands, nothing has. */
const BEFORE: Record<string, string[]> = {
  listLeadAssessments: READ, 'listLeadAssessments.judged': [...CAPTURED, 'assessLead.authority'],
  assessLead: CAPTURED, 'assessLead.lead_locked': CONVERTED, acceptProposal: LISTED, dismissProposal: LISTED, 'acceptProposal.dismissed_before': [...LISTED, 'dismissProposal.dismissed'],
  listFrameworks: ['addFramework.spiced'], getGatePolicy: ['replaceGatePolicy.own_policy'],
  'createLead.in_doubt': CAPTURED, 'createLead.dry_run': CAPTURED, 'createLeads.dry_run': CAPTURED,
  listDuplicateReviews: IN_DOUBT, getDuplicateReview: [...IN_DOUBT, 'listDuplicateReviews.open'], listLeadDuplicates: IN_DOUBT,
  dismissDuplicateReview: [...IN_DOUBT, 'listDuplicateReviews.open'], checkDuplicate: CAPTURED, checkDuplicates: CAPTURED,
  getMatchingModel: ['replaceMatchingModel.own_model'], 'learnMatchingModel.no_duplicates': ['replaceMatchingModel.own_model'],
  'createLead.known_person': CAPTURED, 'createLead.key_reused': CAPTURED,
  listLeads: CAPTURED, getLead: CAPTURED,
  updateLead: CAPTURED, 'updateLead.changed_meanwhile': [...CAPTURED, 'updateLead.after_discovery'], 'updateLead.forbidden_step': [...CAPTURED, 'updateLead.contacted'],
  'updateLead.lead_locked': CONVERTED, 'updateLead.lead_merged': MERGED,
  getSubmission: [...CAPTURED, 'listLeadTouches.first_touch'],
  getLeadRouting: CAPTURED, listLeadNotes: [...CAPTURED, 'updateLead.after_discovery'], listLeadTouches: CAPTURED, listLeadTransitions: QUALIFIED,
  getLeadScore: CAPTURED, overrideLeadScore: CAPTURED, 'overrideLeadScore.lead_locked': CONVERTED,
  removeLeadScoreOverride: [...CAPTURED, 'overrideLeadScore.both_parts'], 'removeLeadScoreOverride.lead_locked': CONVERTED,
  listLeadScoreChanges: [...CAPTURED, 'overrideLeadScore.both_parts'],
  recordEvents: CAPTURED, recordLeadEvents: CAPTURED, submitPageEvents: ['createForm.usual'],
  askCopilot: QUALIFIED, 'askCopilot.unknown_ask': CAPTURED, 'askCopilot.lead_locked': CONVERTED, getCopilotSettings: ['replaceCopilotSettings.own'],
  qualifyLead: CAPTURED, 'qualifyLead.reopen_first': [...CAPTURED, 'qualifyLead.disqualified'], 'qualifyLead.lead_locked': CONVERTED, 'qualifyLead.gate_not_passed': [...CAPTURED, 'replaceGatePolicy.enforced'],
  contactLead: CAPTURED, disqualifyLead: CAPTURED, 'disqualifyLead.changed_meanwhile': [...CAPTURED, 'contactLead.called'], 'disqualifyLead.lead_locked': CONVERTED,
  reopenLead: [...CAPTURED, 'disqualifyLead.no_budget'], 'reopenLead.not_disqualified': CAPTURED,
  logContactAttempt: CAPTURED, 'logContactAttempt.lead_locked': CONVERTED, listContactAttempts: [...CAPTURED, 'logContactAttempt.no_answer'],
  convertLead: QUALIFIED, 'convertLead.not_qualified': CAPTURED, 'convertLead.lead_locked': CONVERTED,
  'convertLead.customer_exists': AGAIN, 'convertLead.joined': AGAIN,
  searchCustomers: CONVERTED, getCustomer: CONVERTED, getAccount: CONVERTED, getContact: CONVERTED, getOpportunity: CONVERTED, createOpportunity: CONVERTED,
  listAccounts: CONVERTED, 'createAccount.similar': CONVERTED, updateAccount: CONVERTED, 'updateAccount.changed_meanwhile': [...CONVERTED, 'updateAccount.renamed'],
  listContacts: CONVERTED, createContact: CONVERTED, updateContact: CONVERTED,
  listCustomers: CONVERTED, createCustomer: [...CONVERTED, 'createContact.colleague'], updateCustomer: CONVERTED,
  listOpportunities: CONVERTED, updateOpportunity: CONVERTED,
  ...Object.fromEntries(['updateOpportunity.opportunity_closed', 'updateOpportunity.invalid_transition', 'listOpportunityStages']
    .map((example) => [example, [...CONVERTED, 'updateOpportunity.won']])),
  getContactRoles: [...CONVERTED, 'putContactRoles.decider'], putContactRoles: CONVERTED, getOpportunityAttribution: CONVERTED,
  resumeUpload: UPLOADED, listImports: UPLOADED, setUpImport: UPLOADED, tryImport: UPLOADED, startImport: UPLOADED, pauseImport: UPLOADED, resumeImport: UPLOADED,
  cancelImport: UPLOADED, getImport: IMPORTED, listImportRows: IMPORTED, getRefusedRows: IMPORTED,
  'republishState.one_tenant': CAPTURED,
  mergeDuplicateReview: [...IN_DOUBT, 'listDuplicateReviews.open'], previewMerge: TWO, mergeLeads: TWO, 'mergeLeads.lead_merged': MERGED, 'mergeLeads.lead_locked': [...CONVERTED, 'createLead.by_another_address'],
  listLeadMerges: MERGED, getMerge: MERGED, unmergeLeads: MERGED, 'unmergeLeads.not_merged': [...MERGED, 'unmergeLeads.mistaken'],
  getMergePolicy: ['replaceMergePolicy.own_policy'],
  'simulateRouting.draft': [...CAPTURED, 'createRuleSet.enterprise_first'], 'simulateRouting.facts': SET_UP, getRoutingFairness: CAPTURED,
  listQueue: PUT_BACK, claimLead: PUT_BACK, 'claimLead.already_owned': CAPTURED, routeLead: CAPTURED,
  createRuleSet: SET_UP, listRuleSets: RULES_DRAFTED, getRuleSet: RULES_DRAFTED, replaceRuleSet: RULES_DRAFTED, deleteRuleSet: RULES_DRAFTED, activateRuleSet: RULES_DRAFTED,
  'replaceRuleSet.not_a_draft': [...RULES_DRAFTED, 'activateRuleSet.draft'], 'deleteRuleSet.not_a_draft': [...RULES_DRAFTED, 'activateRuleSet.draft'],
  rollBackRuleSets: [...RULES_DRAFTED, 'activateRuleSet.draft'], 'rollBackRuleSets.nothing_before': SET_UP,
  getRoutingSetup: SET_UP, getScoringModel: ['replaceScoringModel.own_model'],
  listScoringModels: DRAFTED, getScoringModelVersion: DRAFTED, reviseScoringModel: DRAFTED, deleteScoringModel: DRAFTED, activateScoringModel: DRAFTED,
  simulateScoringModel: [...CAPTURED, ...DRAFTED],
  ...Object.fromEntries(['simulateScoringModel.active', 'reviseScoringModel.active', 'deleteScoringModel.active', 'activateScoringModel.active', 'rollBackScoringModel.segment', 'listRescores', 'getRescore']
    .map((operation) => [operation, ACTIVATED])),
  'createLead.public_form_known': CAPTURED, listLeadPendingChanges: BY_FORM, acceptLeadPendingChanges: BY_FORM, rejectLeadPendingChanges: BY_FORM, listLeadConsents: BY_FORM,
  'acceptLeadPendingChanges.lead_locked': CONVERTED,
  'createTeam.team_exists': TEAMED, listTeams: TEAMED, getTeam: TEAMED, updateTeam: TEAMED,
  createRep: TEAMED, 'createRep.rep_exists': STAFFED, listReps: STAFFED, getRep: STAFFED, updateRep: STAFFED, createTerritory: STAFFED, createLeave: STAFFED,
  ...Object.fromEntries(['listTerritories', 'getTerritory', 'updateTerritory'].map((operation) => [operation, [...STAFFED, 'createTerritory.west_coast']])),
  ...Object.fromEntries(['listLeaves', 'getLeave', 'updateLeave'].map((operation) => [operation, [...STAFFED, 'createLeave.summer']])),
  previewReassignment: CAPTURED, startReassignment: CAPTURED, listReassignments: [...CAPTURED, 'startReassignment.to_one'], getReassignment: [...CAPTURED, 'startReassignment.to_one'],
  listRoutingChanges: [...STAFFED, 'updateRep.leaves'],
  getLeadSla: CLOCKED, pauseLeadSla: CLOCKED, 'pauseLeadSla.no_running_clock': PAUSED, resumeLeadSla: PAUSED, 'resumeLeadSla.no_paused_clock': CLOCKED,
  listLeadOwners: CAPTURED, getSlaPolicies: ['replaceSlaPolicies.within_the_hour'],
  'createCalendar.calendar_exists': CALENDAR, listCalendars: CALENDAR, getCalendar: CALENDAR, replaceCalendar: CALENDAR, deleteCalendar: CALENDAR,
  'replaceCalendar.default_required': [...CALENDAR, 'replaceCalendar.for_everybody'], 'deleteCalendar.default_required': [...CALENDAR, 'replaceCalendar.for_everybody'],
  nurtureLead: CAPTURED, 'nurtureLead.lead_locked': CONVERTED, reengageLead: NURTURED, listLeadNurturing: NURTURED, getNurtureRules: ['replaceNurtureRules.own'],
  getChannels: ['replaceChannels.own_table'], tryChannels: ['replaceChannels.own_table'],
  getConversionMapping: ['replaceConversionMapping.own_mapping'], restoreConversionMapping: ['replaceConversionMapping.own_mapping'],
  'createCampaign.campaign_exists': ['createCampaign.webinars'], listCampaigns: ['createCampaign.webinars'], getCampaign: ['createCampaign.webinars'],
  updateCampaign: ['createCampaign.webinars'],
  'recordSpend.of_several': ['recordSpend.a_month'], listSpend: ['recordSpend.a_month'], totalSpend: ['recordSpend.a_month'], removeSpend: ['recordSpend.a_month'],
  ...Object.fromEntries(['listConnectors', 'getConnector', 'updateConnector', 'rotateConnectorKey', 'revokeConnector', 'testConnector']
    .map((operation) => [operation, ['createConnector.typeform']])),
  enrichLead: [...CAPTURED, 'replaceEnrichmentSetup.table_alone', 'replaceCompanies.one_company'], 'enrichLead.lead_locked': CONVERTED, getEnrichmentSetup: ['replaceEnrichmentSetup.table_and_service'],
  getLeadEnrichment: [...CAPTURED, 'replaceEnrichmentSetup.table_alone', 'replaceCompanies.one_company', 'enrichLead.waited_for'],
  'updateConnector.corrected': ['createConnector.partner'], replaySubmission: ['createConnector.partner'],
  listForms: ['createForm.contact'], getForm: ['createForm.contact'], updateForm: ['createForm.contact'], revokeForm: ['createForm.contact'],
  restoreForm: ['createForm.contact', 'revokeForm.revoked'], rotateFormKey: ['createForm.contact'], getFormSnippet: ['createForm.contact'],
  submitForm: ['createForm.usual'], 'submitForm.revoked': ['createForm.usual', 'revokeForm.revoked'],
  'confirmForm.followed': ['createForm.double_opt_in', 'submitForm.somebody'],
  'confirmForm.rejected': ['createForm.double_opt_in', 'submitForm.somebody', 'rejectSubmission.spam'],
  listSubmissions: ['createForm.usual', 'submitForm.honeypot'], releaseSubmission: ['createForm.usual', 'submitForm.honeypot'],
  rejectSubmission: ['createForm.usual', 'submitForm.honeypot'], 'releaseSubmission.decided_before': ['createForm.usual', 'submitForm.honeypot', 'rejectSubmission.spam'],
  listApiKeys: ['createApiKey.public_form'], revokeApiKey: ['createApiKey.public_form'],
};

const ENOUGH_TO_LEARN = 120;

/** What happens last before an example, besides other examples. Of dead letters each needs one: some seconds go by until a service has tried it often enough. */
const AT_LAST: Record<string, (world: World) => Promise<void>> = {
  ...Object.fromEntries(['listDeadLetters.of_a_service', 'getDeadLetter.with_event', 'replayDeadLetters.fails_again', 'discardDeadLetter.test_event']
    .map((example) => [example, (world: World) => world.deadLetter()])),
  'replaySubmission.corrected': (world) => world.rejectedDelivery(),
  'replaySubmission.taken_in_before': async (world) => {
    await world.rejectedDelivery();
    await world.step('replaySubmission.corrected');
  },
  'confirmForm.followed': (world) => world.confirmation(), 'confirmForm.rejected': (world) => world.confirmation(),
  ...Object.fromEntries(['listRescores.done', 'getRescore.done'].map((example) => [example, (world: World) => world.rescored()])),
  'learnMatchingModel.no_duplicates': (world) => world.manyLeads(ENOUGH_TO_LEARN),
};

/** Intake hears nothing. @returns what puts it right again */
async function withoutIntake(): Promise<() => Promise<unknown>> {
  const { pids } = running();
  process.kill(pids.intake, 'SIGSTOP');
  return () => {
    process.kill(pids.intake, 'SIGCONT');
    return eventually('intake is asked again', async () => (await post('/leads', newPerson())).status === 201);
  };
}

const nothing = async (): Promise<void> => undefined;

/** An import that has taken in one row, and waits for a second until it takes in the next one. */
async function startSlowly(world: World): Promise<void> {
  await world.step('startImport.slowly');
  await eventually('a row is taken in', async () => {
    const { data } = (await world.send('getImport.done')).body as unknown as { data: { progress: { rows: number } } };
    return data.progress.rows === 1;
  });
}

/** What is to go wrong meanwhile, or to go on. @returns what puts it right again */
const CIRCUMSTANCES: Record<string, (world: World) => Promise<() => Promise<unknown>>> = {
  'pauseImport.running': async (world) => {
    await startSlowly(world);
    return nothing;
  },
  'resumeImport.paused': async (world) => {
    await startSlowly(world);
    await world.step('pauseImport.running');
    return nothing;
  },
  'createLead.accepted_for_later': withoutIntake, 'submitForm.accepted_for_later': withoutIntake,
};

const of = <T>(table: Record<string, T>, example: string): T | undefined => table[example] ?? table[example.split('.')[0]];

/** What a body may have, where it is more than 256 kB. */
const MOST_KILOBYTES: Record<string, number> = { createLeads: 4_096, replaceCompanies: 4_096, replaceRoutingSetup: 4_096, recordEvents: 2_048, recordLeadEvents: 2_048 };
const mostKilobytes = ({ operationId }: Route['operation']): number => MOST_KILOBYTES[operationId] ?? 256;
const inWords = (operation: Route['operation']): string => (mostKilobytes(operation) < 1_024 ? `${mostKilobytes(operation)} kB` : `${mostKilobytes(operation) / 1_024} MB`);

/** Worlds that are made at the same time: each waits for events most of the time. */
const AT_ONCE = 6;
const worlds = new Map<string, Promise<World>>();

/** Where an example begins. */
async function worldOf(example: string): Promise<World> {
  const world = new World();
  if (example !== 'createTenant.acme') await world.open();
  for (const step of of(BEFORE, example) ?? []) await world.step(step);
  await AT_LAST[example]?.(world);
  return world;
}

describe('the examples of the OpenAPI document', () => {
  beforeAll(async () => {
    const waiting = [...examples.keys()];
    const prepareNext = async (): Promise<void> => {
      const example = waiting.shift();
      if (!example) return;
      const prepared = worldOf(example);
      worlds.set(example, prepared);
      await prepared.catch(() => undefined); // the test of the example tells
      return prepareNext();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, prepareNext));
  });

  it('are served as they are committed', async () => {
    expect((await call('GET', '/openapi.json', undefined, { token: null })).body).toEqual(apiDocument);
  });

  it('show a success of every operation', () => {
    const shown = new Set([...examples].filter(([, { status }]) => status < 300).map(([example]) => example.split('.')[0]));
    expect(routes.map(({ operation }) => operation.operationId).filter((id) => !shown.has(id))).toEqual([]);
  });

  it('are all brought about, or hold for all operations', () => {
    expect([...Object.keys(BEFORE), ...Object.keys(CIRCUMSTANCES)].filter((key) => ![...examples.keys()].some((example) => example === key || example.startsWith(`${key}.`)))).toEqual([]);
  });

  it.each([...examples.keys()])('%s', async (example) => {
    const world = await worlds.get(example) as World;
    const end = await CIRCUMSTANCES[example]?.(world);
    try {
      const token = isOfPublicForm(example) ? { token: await world.guestKey() } : {};
      const compared = async () => world.compare(example, await world.send(example, token));
      // What is read may be a moment behind; what is written is written once.
      if (named(example).route.method === 'GET') await eventually('the answer is the one of the example', async () => (await compared()).length === 0).catch(() => undefined);
      expect(await compared()).toEqual([]);
    } finally {
      await end?.();
    }
  });
});

describe('what every operation of its kind refuses', () => {
  let world: World;
  let guestKey: string;
  beforeAll(async () => {
    world = await new World().open();
    guestKey = await world.guestKey();
    await world.step('createForm.usual'); // where nobody logs in, a key in the address names the form
  });

  const successOf = ({ operation: { operationId } }: Route): string =>
    [...examples].find(([example, { status }]) => example.startsWith(`${operationId}.`) && status < 300)?.[1].name ?? '';

  /** An example of a refusal against what came; the scope is the operation's. */
  function expectShown({ operation }: Route, name: string, { status, body }: Answer): void {
    const [scope] = operation.security?.[0].bearer ?? [];
    const shown = Object.values(responseOf(operation, status)?.content ?? {})[0]?.examples?.[name]?.value;
    expect([status, body]).toEqual([(shown as { status: number } | undefined)?.status, JSON.parse(JSON.stringify(shown).replaceAll('leads:qualify', scope ?? '').replaceAll('256 kB', inWords(operation)))]);
  }

  it.each(routes.map((route) => [route.operation.operationId, route] as const))('%s', async (_id, route) => {
    const { security, parameters, requestBody } = route.operation;
    const name = successOf(route);
    const send = (how: Parameters<World['request']>[2]) => world.request(route, name, how);
    if (security) {
      const [{ bearer: [scope] }] = security;
      expectShown(route, 'unauthenticated', await send({ token: 'hw_nobody' }));
      expectShown(route, 'forbidden', await send({ token: scope === 'leads:insert' ? running().operator_token : guestKey }));
      expectShown(route, 'unknown_parameter', await send({ parameters: { colour: 'red' } }));
    }
    for (const { name: id, schema } of parameters.filter((parameter) => parameter.in === 'path')) {
      const { type, format } = schema as { type: string; format?: string };
      const nobody = type === 'integer' ? 999_999_999 : format === 'uuid' ? '019b2c4e-0000-7000-8000-000000000000' : 'nobody';
      expectShown(route, `unknown_${id}`, await send({ parameters: { [id]: nobody } }));
    }
    if (!requestBody) return;
    expectShown(route, 'malformed', await send({ raw: '{"first_name": "Sarah"' }));
    expectShown(route, 'unsupported_media_type', await send({ raw: '<lead/>', headers: { 'content-type': 'application/xml' } }));
    expectShown(route, 'too_large', await send({ raw: JSON.stringify({ description: 'x'.repeat(mostKilobytes(route.operation) * 1_024) }) }));
  });
});

describe('the schemas', () => {
  it('hold for every example', () => {
    const faults = routes.flatMap(({ operation }) => Object.keys(operation.responses).flatMap((status) =>
      Object.values(responseOf(operation, status)?.content ?? {}).flatMap(({ schema, examples: shown = {} }) =>
        Object.entries(shown).flatMap(([name, { value }]) => faultsIn(value, schema as object).map((fault) => `${operation.operationId}.${name}: ${fault}`)))));
    expect(faults).toEqual([]);
  });

  it('let through what is sent in the examples of success, but where an item of a list is shown to fail', () => {
    const faulty = routes.flatMap(({ operation: { operationId, requestBody } }) => Object.values(requestBody?.content ?? {})
      .flatMap(({ schema, examples: sent = {} }) => Object.entries(sent).map(([name, { value }]) => ({ example: `${operationId}.${name}`, schema, value })))
      .filter(({ example, schema, value }) => examples.get(example)!.status < 300 && schema && faultsIn(value, schema).length > 0));
    expect(faulty.map(({ example }) => example)).toEqual(['createLeads.some_right_some_wrong']);
  });
});
