import { RuleSetsStore } from '../store/rule-sets.store';
import { ActivateRuleSet } from './activate-rule-set';
import { DraftRuleSet } from './draft-rule-set';
import { ReadRuleSets } from './read-rule-sets';
import { RuleSetsController } from './rule-sets.controller';

/** Rules in versions: drafted, activated, taken back. */
export const RULE_SETS = { controllers: [RuleSetsController], providers: [ReadRuleSets, DraftRuleSet, ActivateRuleSet, RuleSetsStore] };
