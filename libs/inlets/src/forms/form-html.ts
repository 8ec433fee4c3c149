import type { FormField, FormSettings } from '@headwater/contracts';
import { ELAPSED, honeypotOf, MADE_AT, targetOf } from './form-fields';

/** Text as it may stand in HTML, between tags and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** What a form without fields of its own asks for. */
const USUAL: readonly FormField[] = [
  { name: 'first_name', label: 'First name' }, { name: 'last_name', label: 'Last name', required: true },
  { name: 'email', label: 'E-mail', required: true }, { name: 'company_name', label: 'Company' }, { name: 'phone', label: 'Phone' },
  { name: 'description', label: 'Message' },
];

/** How a browser helps to fill a field, by the place that it fills. */
const INPUTS: Readonly<Record<string, string>> = {
  email: 'type="email" autocomplete="email"', phone: 'type="tel" autocomplete="tel"', mobile: 'type="tel" autocomplete="tel"',
  website: 'type="text" inputmode="url" autocomplete="url"', first_name: 'type="text" autocomplete="given-name"',
  last_name: 'type="text" autocomplete="family-name"', full_name: 'type="text" autocomplete="name"', company_name: 'type="text" autocomplete="organization"',
  job_title: 'type="text" autocomplete="organization-title"', street: 'type="text" autocomplete="street-address"', city: 'type="text" autocomplete="address-level2"',
  postal_code: 'type="text" autocomplete="postal-code"', country: 'type="text" autocomplete="country-name"',
};
const LONG = new Set(['description', 'notes']);

interface FormHtml {
  /** address that it is sent to */
  action: string;
  /** signed time of its making; see MADE_AT */
  madeAt: string;
}

/** The form as HTML that works as it is, without a script and in any page. */
export function formHtml(settings: FormSettings, { action, madeAt }: FormHtml): string {
  const { consent } = settings;
  return [
    `<form action="${escapeHtml(action)}" method="post" accept-charset="utf-8">`,
    ...(settings.fields ?? USUAL).map(inputOf),
    ...(consent?.field
      ? [`  <p><label><input type="checkbox" name="${escapeHtml(consent.field)}" value="yes"> ${escapeHtml(consent.text)}</label></p>`]
      : consent ? [`  <p>${escapeHtml(consent.text)}</p>`] : []),
    `  <p aria-hidden="true" style="position:absolute;left:-9999px"><label>Leave this empty`
      + ` <input type="text" name="${escapeHtml(honeypotOf(settings))}" tabindex="-1" autocomplete="off"></label></p>`,
    `  <input type="hidden" name="${MADE_AT}" value="${escapeHtml(madeAt)}">`,
    '  <p><button type="submit">Send</button></p>',
    '</form>',
  ].join('\n');
}

function inputOf(field: FormField): string {
  const target = targetOf(field);
  const label = escapeHtml(field.label ?? field.name);
  const attributes = `name="${escapeHtml(field.name)}"${field.required ? ' required' : ''}`;
  if (field.options?.length) {
    const options = field.options.map((option) => `<option>${escapeHtml(option)}</option>`).join('');
    return `  <p><label>${label} <select ${attributes}><option value=""></option>${options}</select></label></p>`;
  }
  if (LONG.has(target)) return `  <p><label>${label} <textarea ${attributes} rows="4"></textarea></label></p>`;
  return `  <p><label>${label} <input ${INPUTS[target] ?? 'type="text"'} ${attributes}></label></p>`;
}

/**
 * A few lines for a page that may run a script: they send along where the visit came from, which the address of the form's page
 * may not say any more, and how long the person took.
 */
export const FORM_SCRIPT = `<script>
document.querySelectorAll('form[action*="/f/hwf_"]').forEach(function (form) {
  var opened = Date.now(), said = new URLSearchParams(location.search);
  function add(name, value) {
    if (!value || form.elements[name]) return;
    var input = document.createElement('input');
    input.type = 'hidden'; input.name = name; input.value = value; form.appendChild(input);
  }
  ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'gclid', 'fbclid', 'msclkid', 'li_fat_id']
    .forEach(function (name) { add(name, said.get(name)); });
  add('page_url', location.href);
  add('referrer', document.referrer);
  form.addEventListener('submit', function () { add('${ELAPSED}', String(Date.now() - opened)); });
});
</script>`;
