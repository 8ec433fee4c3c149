/**
 * Legal forms, as they are left by `words`: they say what a company is in law, not which one it is. Each line is a language or
 * a family of laws; a comma ends a form. They are left out at both ends of a name.
 */
const FORMS = `
public limited company, public limited, private limited company, private limited, pvt ltd, pty ltd, pte ltd, co ltd, limited liability company,
limited liability partnership, limited partnership, general partnership, limited company, unlimited company, joint stock company, public company,
public joint stock company, open joint stock company, closed joint stock company, professional corporation, professional limited liability company,
proprietary limited, proprietary, incorporated, incorp, corporation, corporations, company limited, company, companies, limited, ltd, lmtd, llc, llp,
lllp, lp, plc, p l c, l l c, l l p, l t d, inc, corp, co, pvt, pty, pte, pllc, pc, jsc, ojsc, cjsc, pjsc, cic, community interest company, cio, ulc,
sole proprietorship, partnership, cooperative, association, unlimited, gp, fzco, fze, fz llc, fz, dmcc, free zone establishment, free zone company, wll, w l l, spc
gesellschaft mit beschrankter haftung, gesellschaft m b h, gesmbh, ges m b h, g m b h, gmbh co kg, gmbh co kgaa, gmbh co ohg, gmbh, mbh, ggmbh, gemeinnutzige gmbh,
unternehmergesellschaft, unternehmergesellschaft haftungsbeschrankt, ug haftungsbeschrankt, haftungsbeschrankt, ug, aktiengesellschaft, ag, a g,
kommanditgesellschaft, kommanditgesellschaft auf aktien, kg, k g, kgaa, offene handelsgesellschaft, ohg, o h g, gesellschaft burgerlichen rechts, gbr, gdbr,
eingetragener kaufmann, eingetragene kauffrau, e k, ek, e kfm, ekfm, e kfr, ekfr, eingetragener verein, ev, e v, eingetragene genossenschaft, eg, e g, genossenschaft,
partnerschaftsgesellschaft, partg, partg mbb, partgmbb, mbb, og, keg, einzelunternehmen, anstalt offentlichen rechts, aor, korperschaft des offentlichen rechts, kdor, vvag
societe anonyme, societe a responsabilite limitee, societe par actions simplifiee, societe par actions simplifiee unipersonnelle, societe en nom collectif,
societe en commandite simple, societe en commandite par actions, societe civile, societe civile immobiliere, societe cooperative, entreprise unipersonnelle a responsabilite limitee,
societe, entreprise individuelle, sa, s a, sas, s a s, sasu, sarl, s a r l, sarlu, eurl, e u r l, snc, s n c, scs, sca, scop, sci, scrl, sprl, s p r l, asbl, gie, cie, compagnie, et cie,
societa per azioni, societa a responsabilita limitata, societa a responsabilita limitata semplificata, societa in nome collettivo, societa in accomandita semplice,
societa cooperativa, societa semplice, spa, s p a, srl, s r l, srls, s r l s, sapa, scarl, coop
sociedad anonima, sociedad limitada, sociedad de responsabilidad limitada, sociedad anonima de capital variable, sociedad anonima unipersonal, sociedad limitada unipersonal,
sociedad por acciones simplificada, sociedad cooperativa, sociedad de responsabilidad limitada de capital variable, sociedad colectiva, sociedad comanditaria,
sa de cv, s a de c v, s de rl de cv, s de r l de c v, sapi de cv, s a p i de c v, de cv, sl, s l, slu, s l u, sau, slp, sll, s c, srl de cv, eirl, e i r l, spa,
sociedade anonima, sociedade limitada, sociedade por quotas, sociedade unipessoal, empresa individual de responsabilidade limitada, microempreendedor individual, limitada,
ltda, lda, s a, eireli, mei, unipessoal lda, epp, me
besloten vennootschap, besloten vennootschap met beperkte aansprakelijkheid, naamloze vennootschap, vennootschap onder firma, commanditaire vennootschap, bv, b v, nv, n v, vof, v o f,
cv, c v, bvba, b v b a, cvba, eenmanszaak, maatschap, cooperatie, vzw, stichting
aktiebolag, publikt aktiebolag, ab publ, ab, a b, handelsbolag, hb, kommanditbolag, kb, aktieselskab, as, a s, anpartsselskab, aps, ivs, ivaerksaetterselskab, interessentskab, i s, k s, p s,
allmennaksjeselskap, aksjeselskap, asa, ans, da, enkeltpersonforetak, enk, osakeyhtio, julkinen osakeyhtio, oy, oyj, oy ab, avoin yhtio, ay, kommandiittiyhtio, ky, hf, ehf
spolka z ograniczona odpowiedzialnoscia, spolka akcyjna, spolka komandytowa, spolka jawna, spolka cywilna, spolka partnerska, sp z o o, spolka z o o, sp zoo, spzoo, zoo, sp k, sp j, s k a,
spolecnost s rucenim omezenym, spol s r o, spol sro, s r o, sro, akciova spolecnost, akciova spolocnost, spolocnost s rucenim obmedzenym, verejna obchodni spolecnost, v o s,
komanditni spolecnost, korlatolt felelossegu tarsasag, reszvenytarsasag, zartkoruen mukodo reszvenytarsasag, nyilvanosan mukodo reszvenytarsasag, beteti tarsasag, kft, zrt, nyrt, rt, bt, kkt,
drustvo s ogranicenom odgovornoscu, dionicko drustvo, drustvo z omejeno odgovornostjo, delniska druzba, doo, d o o, d o o e l, dooel, dd, d d, ad, a d, jdoo, j d o o,
druzhestvo s ogranichena otgovornost, ednolichno druzhestvo s ogranichena otgovornost, aktsionerno druzhestvo, ood, eood, ead, et,
societate cu raspundere limitata, societatea cu raspundere limitata, societate pe actiuni, societatea pe actiuni, intreprinderea individuala, persoana fizica autorizata, pfa,
obshchestvo s ogranichennoy otvetstvennostyu, aktsionernoe obshchestvo, zakrytoe aktsionernoe obshchestvo, otkrytoe aktsionernoe obshchestvo, publichnoe aktsionernoe obshchestvo,
individualnyy predprinimatel, tovaristvo z obmezhenoyu vidpovidalnistyu, ooo, o o o, oao, zao, pao, ao, nao, ip, tov, tzov, vat, zat, too, chup, odo,
uzdaroji akcine bendrove, akcine bendrove, uab, sabiedriba ar ierobezotu atbildibu, akciju sabiedriba, sia, osauhing, aktsiaselts, ou
anonim sirketi, limited sirketi, anonim sirket, limited sirket, as, ltd sti, limited sti, sti, sanayi ve ticaret, san ve tic, a e, ae, epe, e p e, ike, oe, ee
kabushiki kaisha, kabushiki gaisha, yugen kaisha, yugen gaisha, godo kaisha, godo gaisha, gomei kaisha, goshi kaisha, kk, k k, yk, gk, zhushi hui she, zhushihuishe, zhu shi hui she,
youxian gongsi, youxian zeren gongsi, gufen youxian gongsi, jusikhoesa, chusik hoesa, jusighoesa, cong ty tnhh, cong ty co phan, cong ty trach nhiem huu han, ctcp, tnhh,
sendirian berhad, berhad, sdn bhd, bhd, sdn, perseroan terbatas, pt, tbk, persero, cv, kht, bhm, zrt
societas europaea, societas cooperativa europaea, europaische gesellschaft, se, sce, european economic interest grouping, eeig, ewiv, geie
`;

const LEGAL_FORMS = new Set(FORMS.split(/[,\n]/).map((form) => form.trim()).filter(Boolean));
const LONGEST = Math.max(...[...LEGAL_FORMS].map((form) => form.split(' ').length));

/** The words of a name without the legal forms that it begins or ends with; what is nothing but one stays. */
export function withoutLegalForms(name: readonly string[]): string[] {
  for (let length = Math.min(LONGEST, name.length - 1); length > 0; length -= 1) {
    if (LEGAL_FORMS.has(name.slice(-length).join(' '))) return withoutLegalForms(name.slice(0, -length));
    if (LEGAL_FORMS.has(name.slice(0, length).join(' '))) return withoutLegalForms(name.slice(length));
  }
  return [...name];
}
