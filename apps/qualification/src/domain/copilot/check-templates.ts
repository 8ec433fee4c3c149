import { checkCondition } from '@headwater/rules';
import type { CopilotSettings, FieldError, MailTemplate } from '@headwater/contracts';
import Mustache from 'mustache';
import { MAIL_FIELDS, TEMPLATE_CONDITION_FIELDS } from './mail-fields';

type Token = [type: string, value: string, start: number, end: number, inner?: Token[]];

const MOST_NESTED = 5;

/** @returns everything that is wrong with the templates: broken syntax, a name that there is not, a condition that can't be asked; none when all is well */
export function checkTemplates({ templates }: CopilotSettings): FieldError[] {
  const seen = new Set<string>();
  return templates.flatMap((template, i) => {
    const twice = seen.has(template.name) ? [{ field: `templates.${i}.name`, code: 'duplicate', detail: `"${template.name}" is there twice` }] : [];
    seen.add(template.name);
    return [...twice, ...conditionErrors(template, i), ...textErrors(template.subject, `templates.${i}.subject`), ...textErrors(template.body, `templates.${i}.body`)];
  });
}

const conditionErrors = ({ when }: MailTemplate, i: number): FieldError[] => (when == null ? [] : checkCondition(when, TEMPLATE_CONDITION_FIELDS)
  .map(({ path, code, message }) => ({ field: `templates.${i}.when${path.replaceAll('/', '.')}`, code, detail: message })));

function textErrors(text: string, field: string): FieldError[] {
  let tokens: Token[];
  try {
    tokens = Mustache.parse(text) as Token[];
  } catch (error) {
    return [{ field, code: 'broken_template', detail: `${field}: ${(error as Error).message}` }];
  }
  return tokenErrors(tokens, field, 0);
}

/** Names, and sections over them; what could reach elsewhere is refused: partials, and other delimiters. */
function tokenErrors(tokens: Token[], field: string, depth: number): FieldError[] {
  return tokens.flatMap(([type, value, , , inner]): FieldError[] => {
    if (type === 'text' || type === '!') return [];
    if (type === '>' || type === '=') return [{ field, code: 'not_allowed', detail: `${field}: {{${type}${value}}} is not allowed in a template` }];
    const known = MAIL_FIELDS.has(value) ? []
      : [{ field, code: 'unknown_field', detail: `${field}: there is no {{${value}}}; there are ${[...MAIL_FIELDS].join(', ')}` }];
    if (depth >= MOST_NESTED) return [...known, { field, code: 'too_deep', detail: `${field}: sections are nested at most ${MOST_NESTED} deep` }];
    return [...known, ...(Array.isArray(inner) ? tokenErrors(inner, field, depth + 1) : [])];
  });
}
