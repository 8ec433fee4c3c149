import type { Contribution, IntakeState } from '@headwater/contracts';
import { factsOf } from './lead-facts';
import { compileFit, type CompiledFit } from './models/compile-fit';
import type { ScoringModel } from './scoring-model';

/** A model is compiled once: of a version there is one document in a process, which never changes. */
const compiled = new WeakMap<object, CompiledFit>();

function compiledOf(model: Pick<ScoringModel, 'demographic' | 'conditions'>): CompiledFit {
  const known = compiled.get(model) ?? compileFit(model);
  compiled.set(model, known);
  return known;
}

/** What each fit rule says of a lead, in hundredths of a point, before the part is capped and rounded. */
export function scoreFit(lead: IntakeState, model: Pick<ScoringModel, 'demographic' | 'conditions'>): Contribution[] {
  const { scorers, rules } = compiledOf(model);
  const lines: Contribution[] = [];
  for (const scorer of scorers) {
    const line = scorer(lead);
    if (line) lines.push(line);
  }
  if (rules.length === 0) return lines; // the facts of a lead cost more than the rest of its score
  const facts = factsOf(lead);
  return [...lines, ...rules.flatMap((rule) => rule(facts) ?? [])];
}
