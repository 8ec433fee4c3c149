/**
 * Legal forms, as they are left by `words`: they say what a company is in law, not which one it is. English, German, French, Italian,
 * Spanish, Portuguese, Dutch, the Nordic languages, those of Central and Eastern Europe, Turkish, and of East Asia what is usual abroad.
 */
const FORMS = `
public limited company, public limited, private limited company, private limited, pvt ltd, pty ltd, pte ltd, co ltd, limited liability
company, limited liability partnership, limited partnership, general partnership, limited company, unlimited company, joint stock company,
public company, public joint stock company, open joint stock company, closed joint stock company, professional corporation, professional
limited liability company, proprietary limited, proprietary, incorporated, incorp, corporation, corporations, company limited, company,
limited, ltd, lmtd, llc, llp, lllp, lp, plc, p l c, l l c, l l p, l t d, inc, corp, co, pvt, pty, pte, pllc, pc, jsc, ojsc, cjsc, pjsc,
cic, community interest company, cio, ulc, sole proprietorship, partnership, cooperative, association, unlimited, gp, fzco, fze, fz llc,
dmcc, free zone establishment, free zone company, wll, w l l, spc, gesellschaft mit beschrankter haftung, gesellschaft m b h, gesmbh, ges
m b h, g m b h, gmbh co kg, gmbh co kgaa, gmbh co ohg, gmbh, mbh, ggmbh, gemeinnutzige gmbh, unternehmergesellschaft,
unternehmergesellschaft haftungsbeschrankt, ug haftungsbeschrankt, haftungsbeschrankt, ug, aktiengesellschaft, ag, a g,
kommanditgesellschaft, kommanditgesellschaft auf aktien, kg, k g, kgaa, offene handelsgesellschaft, ohg, o h g, gesellschaft burgerlichen
rechts, gbr, gdbr, eingetragener kaufmann, eingetragene kauffrau, e k, ek, e kfm, ekfm, e kfr, ekfr, eingetragener verein, ev, e v,
eingetragene genossenschaft, eg, e g, genossenschaft, partnerschaftsgesellschaft, partg, partg mbb, partgmbb, mbb, og, keg,
einzelunternehmen, anstalt offentlichen rechts, aor, korperschaft des offentlichen rechts, kdor, vvag, societe anonyme, societe a
responsabilite limitee, societe par actions simplifiee, societe par actions simplifiee unipersonnelle, societe en nom collectif, societe
en commandite simple, societe en commandite par actions, societe civile, societe civile immobiliere, societe cooperative, entreprise
unipersonnelle a responsabilite limitee, societe, entreprise individuelle, sa, s a, sas, s a s, sasu, sarl, s a r l, sarlu, eurl, e u r l,
snc, s n c, scs, sca, scop, sci, scrl, sprl, s p r l, asbl, gie, cie, compagnie, et cie, societa per azioni, societa a responsabilita
limitata, societa a responsabilita limitata semplificata, societa in nome collettivo, societa in accomandita semplice, societa
cooperativa, societa semplice, spa, s p a, srl, s r l, srls, s r l s, sapa, scarl, coop, sociedad anonima, sociedad limitada, sociedad de
responsabilidad limitada, sociedad anonima de capital variable, sociedad anonima unipersonal, sociedad limitada unipersonal, sociedad por
acciones simplificada, sociedad cooperativa, sociedad de responsabilidad limitada de capital variable, sociedad colectiva, sociedad
comanditaria, sa de cv, s a de c v, s de rl de cv, s de r l de c v, sapi de cv, s a p i de c v, de cv, sl, s l, slu, s l u, sau, slp, sll,
s c, srl de cv, eirl, e i r l, sociedade anonima, sociedade limitada, sociedade por quotas, sociedade unipessoal, empresa individual de
responsabilidade limitada, microempreendedor individual, limitada, ltda, lda, eireli, mei, unipessoal lda, epp, besloten vennootschap,
besloten vennootschap met beperkte aansprakelijkheid, naamloze vennootschap, vennootschap onder firma, commanditaire vennootschap, bv, b
v, nv, n v, vof, v o f, cv, c v, bvba, b v b a, cvba, eenmanszaak, maatschap, cooperatie, vzw, stichting, aktiebolag, publikt aktiebolag,
ab publ, ab, a b, handelsbolag, hb, kommanditbolag, kb, aktieselskab, as, a s, anpartsselskab, aps, ivs, ivaerksaetterselskab,
interessentskab, i s, k s, p s, allmennaksjeselskap, aksjeselskap, asa, ans, enkeltpersonforetak, enk, osakeyhtio, julkinen osakeyhtio,
oy, oyj, oy ab, avoin yhtio, ay, kommandiittiyhtio, ky, hf, ehf, spolka z ograniczona odpowiedzialnoscia, spolka akcyjna, spolka
komandytowa, spolka jawna, spolka cywilna, spolka partnerska, sp z o o, spolka z o o, sp zoo, spzoo, zoo, sp k, sp j, s k a, spolecnost s
rucenim omezenym, spol s r o, spol sro, s r o, sro, akciova spolecnost, akciova spolocnost, spolocnost s rucenim obmedzenym, verejna
obchodni spolecnost, v o s, komanditni spolecnost, korlatolt felelossegu tarsasag, reszvenytarsasag, zartkoruen mukodo reszvenytarsasag,
nyilvanosan mukodo reszvenytarsasag, beteti tarsasag, kft, zrt, nyrt, rt, bt, kkt, drustvo s ogranicenom odgovornoscu, dionicko drustvo,
drustvo z omejeno odgovornostjo, delniska druzba, doo, d o o, d o o e l, dooel, dd, d d, ad, a d, jdoo, j d o o, druzhestvo s ogranichena
otgovornost, ednolichno druzhestvo s ogranichena otgovornost, aktsionerno druzhestvo, ood, eood, ead, et, societate cu raspundere
limitata, societatea cu raspundere limitata, societate pe actiuni, societatea pe actiuni, intreprinderea individuala, persoana fizica
autorizata, pfa, obshchestvo s ogranichennoy otvetstvennostyu, aktsionernoe obshchestvo, zakrytoe aktsionernoe obshchestvo, otkrytoe
aktsionernoe obshchestvo, publichnoe aktsionernoe obshchestvo, individualnyy predprinimatel, tovaristvo z obmezhenoyu vidpovidalnistyu,
ooo, o o o, oao, zao, pao, ao, nao, ip, tov, tzov, vat, zat, too, chup, odo, uzdaroji akcine bendrove, akcine bendrove, uab, sabiedriba ar
ierobezotu atbildibu, akciju sabiedriba, sia, osauhing, aktsiaselts, ou, anonim sirketi, limited sirketi, anonim sirket, limited sirket,
ltd sti, limited sti, sti, sanayi ve ticaret, san ve tic, a e, ae, epe, e p e, ike, oe, ee, kabushiki kaisha, kabushiki gaisha, yugen
kaisha, yugen gaisha, godo kaisha, godo gaisha, gomei kaisha, goshi kaisha, kk, k k, yk, gk, zhushi hui she, zhushihuishe, zhu shi hui
she, youxian gongsi, youxian zeren gongsi, gufen youxian gongsi, jusikhoesa, chusik hoesa, jusighoesa, cong ty tnhh, cong ty co phan, cong
ty trach nhiem huu han, ctcp, tnhh, sendirian berhad, berhad, sdn bhd, bhd, sdn, perseroan terbatas, pt, tbk, kht, bhm, societas europaea,
societas cooperativa europaea, europaische gesellschaft, se, sce, european economic interest grouping, eeig, ewiv, geie, shpk, sh p k,
sha, sh a, shk, sgr, scpa, sicav, sicaf, onlus, ets, asd, ry, r y, ks, od, o d, kd, k d, kda, sd, opg, ops, o p s, zs, z s, ultd, saoc,
saog, qsc, psc, jscb, smba, s m b a, amba, a m b a, fmba, f m b a, koop, sc, ik, tmi, t mi, slne, sad, saica, egbr, gag, gug, suarl, mmc,
oaj, asc, xk, mchj, mchzh, fop, spd, pat, prat, fgup, mup, gup, ano, limited liability, limited liability co, limited co, private limited
liability company, public limited co, public limited corporation, publicly limited company, pub ltd co, public ltd co, plc ltd, joint
stock, joint stock co, stock company, general company, nonprofit organization, non profit organization, non governmental organization,
ngo, gesellschaft mbh, ges mbh, gesellschaft mit beschr haftung, gesellschaft mit beschr haft, mit beschrankter haftung, ges mit
beschrankter haftung, m b h, gemeinnutzige gesellschaft mit beschrankter haftung, gemeinnutzige unternehmergesellschaft, gemeinnutzige
aktiengesellschaft, gemeinnutzige genossenschaft, unternehmerges, aktienges, burgerlichen rechts, ges burgerlichen rechts, stiftung,
gemeinnutzige stiftung, stiftung burgerlichen rechts, stiftung offentlichen rechts, anstalt des offentlichen rechts, partnerschaft mbb,
partnerschaftsgesellschaft mbb, partnerschaft mit beschrankter berufshaftung, kommunalunternehmen, einzelfirma, kollektivgesellschaft,
verein, versicherungsverein auf gegenseitigkeit, offene erwerbsgesellschaft, ag co kg, ag co kgaa, se co kg, se co kgaa, ug co kg, gmbh
and co kg, gmbh u co kg, gmbh und co kg, gmbh and co, gmbh co, ag and co kg, se and co kg, sp z oo, spolka z oo, spolka z o o spolka
komandytowa, spolka komandytowo akcyjna, prosta spolka akcyjna, p s a, fundacja, stowarzyszenie, societatea, societate, societatea
comerciala, societate in nume colectiv, societate in comandita simpla, sc srl, intreprindere individuala, intreprinderea de stat, drustvo
sa ogranicenom odgovornoscu, javno trgovacko drustvo, komanditno drustvo, ortacko drustvo, drushtvo so ogranichena odgovornost,
aktsionersko drushtvo, aktsionarsko drushtvo, komanditno druzhestvo, sbiratelno druzhestvo, ednolichno aktsionerno druzhestvo, ednolichen
trgovets, kooperatsiya, obshchestvo s ogranichenoy otvetstvennostyu, obshchestvo s ogranichennoi otvetstvennostiu, nepublichnoe
aktsionernoe obshchestvo, federalnoe gosudarstvennoe unitarnoe predpriyatie, gosudarstvennoe unitarnoe predpriyatie, munitsipalnoe
unitarnoe predpriyatie, unitarnoe predpriyatie, chastnoe unitarnoe predpriyatie, avtonomnaya nekommercheskaya organizatsiya,
proizvodstvennyy kooperativ, aktsionernyy kommercheskiy bank, aktsionerne tovaristvo, publichne aktsionerne tovaristvo, privatne
aktsionerne tovaristvo, zakrite aktsionerne tovaristvo, vidkrite aktsionerne tovaristvo, fizichna osoba pidpriiemets, privatne
pidpriiemstvo, tavarystva z abmezhavanay adkaznastsyu, adkrytae aktsyyanernae tavarystva, zakrytae aktsyyanernae tavarystva, etaireia
periorismenis eythynis, anonymi etaireia, anonimi etairia, omorrythmi etaireia, eterorrythmi etaireia, monoprosopi, societe a
responsabilite limitee unipersonnelle, societe par actions, societe en commandite, societe dexercice liberal, selarl, selas, societe
privee a responsabilite limitee, association sans but lucratif, par actions simplifiee, sociedad por acciones, sociedad anonima cerrada,
sociedad anonima abierta, sociedad comercial de responsabilidad limitada, sociedad en comandita simple, sociedad en comandita por
acciones, sociedad civil, compania anonima, c a, ca, cia ltda, compania limitada, sociedad anonima promotora de inversion, s a s de c v,
empresa individual de responsabilidad limitada, empresario individual, s en c, s en c por a, c por a, sociedad anonima comercial e
industrial, saci, saic, sacif, companhia, cia, sociedade empresaria limitada, sociedade simples, sociedade por acoes, sgps, societa a
responsabilita limitata unipersonale, societa consortile a responsabilita limitata, s c a r l, societa in accomandita per azioni, ditta
individuale, impresa individuale, s s, vennootschap, cooperatieve vennootschap, gewone commanditaire vennootschap, vereniging, vereniging
zonder winstoogmerk, stille vennootschap, openbare vennootschap, selskab med begraenset ansvar, andelsselskab med begraenset ansvar,
forening, forening med begraenset ansvar, kommanditselskab, partnerselskab, fond, ansvarlig selskap, ekonomisk forening, enskild firma,
ideell forening, osuuskunta, yhdistys, hlutafelag, einkahlutafelag, verejna obchodna spolocnost, komanditna spolocnost, statni podnik,
obecne prospesna spolecnost, egyeni ceg, egyeni vallalkozo, kozkereseti tarsasag, nonprofit kft, nonprofit korlatolt felelossegu tarsasag,
anonim ortakligi, limited ortakligi, kollektif sirketi, kooperatifi, aciq sehmdar cemiyyeti, qapali sehmdar cemiyyeti, mehdud mesuliyyetli
cemiyyet, masuliyati cheklangan jamiyati, aksiyadorlik jamiyati, mas uliyati cheklangan jamiyati, gufenyouxiangongsi, youxiangongsi,
youxianzerengongsi, hetonghuishe, heminghuishe, hezihuishe, youxianhuishe, youxianzerenshiyezuhe, gongsi, chusikhoesa, yuhanhoesa, cong
ty, cty tnhh, cty cp, cong ty hop danh, doanh nghiep tu nhan, perusahaan perseroan, persekutuan komanditer, sendirian, perkongsian,
aksiyonernoe obshchestvo, shoqeri me pergjegjesi te kufizuar, shoqeri aksionare, tulundusuhistu, individuali imone, mazoji bendrija, kuub,
komanditsabiedriba, fie, national association, national trust and savings association, no liability, incorporation, incorporee, incorporado,
private enterprise, professional association, mutual association, joint venture, limited by guarantee, limited by shares, private company
limited by shares, private company limited by guarantee, company limited by guarantee, company limited by shares, free zone enterprise, fz co,
fzllc, llc fz, dmcc free zone, free zone limited liability company, special economic zone llc, public stock company, public jsc, open jsc, closed
jsc, joint stock commercial bank, public joint stock commercial bank, joint stock bank, lc, l c, ltd liability company, ltd liability co, limited
liability comp, private company with limited liability, non governmental organisation, non government organisation, non profit organisation, non
profit, nonprofit, n g o, npo, charity, charitable trust, charitable organization, charitable organisation, cyf, cyfyngedig, cwmni cyfyngedig
cyhoeddus, plcs, llcs, aktien gesellschaft, aktienges, ug haftungsbeschr, gemeinnutzige ug, gemeinnutzige ag, gemeinnutzige ug
haftungsbeschrankt, eingetragene gbr, eingetragene gesellschaft burgerlichen rechts, gesellschaft des burgerlichen rechts, bgb gesellschaft,
gesbr, part mbb, partmbb, partnerschaftsgesellschaft mit beschrankter berufshaftung, partnerschaft, egen, rechtsfahige stiftung, stiftung des
burgerlichen rechts, stiftung des offentlichen rechts, europaische genossenschaft, europaische wirtschaftliche interessenvereinigung,
korperschaft offentlichen rechts, mbh co kg, mbh u co kg, eingetragene vereinigung, kommandit gesellschaft, kommanditerwerbsgesellschaft, oeg, offene
gesellschaft, eingetragenes einzelunternehmen, gesellschaft mit beschraenkter haftung, ges mit beschr haftung, mit beschr haftung, empresa
unipersonal, sociedad de garantia reciproca, sociedad de capital e industria, sociedad del estado, empresa publica, compania por acciones,
comandita simple, comandita por acciones, sociedad anonima promotora de inversion de capital variable, sociedad anonima comercial industrial y
financiera, saci y f, sacifi, sadecv, sacv, compania, societe par actions ouverte, association internationale sans but lucratif, aisbl, groupement
dinteret economique, limitee, ltee, ei, commanditaire vennootschap op aandelen, comm v, comm va, cva, cvoa, besloten vennootschap met beperkte
aansprakelijkheid, vennootschap met beperkte aansprakelijkheid, eenpersoons bvba, esv, niet gouvernementele organisatie, abp, aktie bolag,
aktiebol, enskild naringsidkare, andelslag, andelslag med begraenset ansvar, aktieselskabet, anl, gensidigt selskab, ekd, druzba z omejeno
odgovornostjo, drustvo z neomejeno odgovornostjo, dno, akcionarsko drustvo, javno dionicko drustvo, javno preduzece, samostalni preduzetnik,
gospodarsko interesno udruzenje, jednostavno drustvo s ogranicenom odgovornoscu, jtd, drushtvo sa ogranichenom odgovornoshcu, komanditno drushtvo,
sp z o o sp k, sp z oo spk, spolka z ogr odp, spz oo, spoldzielnia, otwarta spolka akcyjna, spolocnost s rucenim obmedzenym, nevladni organizace,
mimovladna organizacia, intreprinderea municipala, compania nationala, publichno aktsionerno druzhestvo, aktsionerno druzhestvo sas spetsialna
investitsionna tsel, ednolichen targovets, evropeysko druzhestvo, dzzd, adsits, adsic, ekd, aktsionernyy kommercheskiy bank, kommercheskiy bank,
tovarystvo z obmezhenoyu vidpovidalnistyu, tovarystvo z obmezhenoiu vidpovidalnistiu, aktsionerne tovarystvo, obshchestvo s dopolnitelnoy
otvetstvennostyu, indyvidualny pradprymalnik, kooperativ, derzhavne pidpriiemstvo, etairia periorismenis eythynis, dimosia symmetochiki etaireia,
saaktsio sazogadoeba, individualais komersants, viesoji akcine bendrove, ribotos atsakomybes bendrove, mtu, mittetulundusuhing, fuusilisest
isikust ettevotja, anonim ortaklik, limited ortaklik, halka acik anonim ortaklik, komandit sirket, kolektif sirket, kooperatif, ltdsti, dis tic
ltd, doanh nghiep nha nuoc, dntn, cty tnhh mtv, hop tac xa, masuliyati cheklangan jamiyat, oilaviy korxona, hindu undivided family, huf, coltd,
shoqeri aksionere, shoqeri anonime, shoqeri komandite
`;

/** Short forms that stand in front, where others are initials or the name itself. */
const LEADING = new Set('ooo oao zao pao ao nao tov tzov vat zat too uab sia pt ctcp sarl sas eurl sci kk stichting gmbh fop mup gup'.split(' '));

const LEGAL_FORMS = new Set(FORMS.split(',').map((form) => form.trim().replace(/\s+/g, ' ')));
const LONGEST = Math.max(...[...LEGAL_FORMS].map((form) => form.split(' ').length));
const mayLead = (form: string): boolean => LEADING.has(form) || (LEGAL_FORMS.has(form) && /[a-z]{5}.* /.test(form));

/** Of East Asia, where no space stands between them and the name. */
const ATTACHED = /股份有限公司|有限责任公司|有限責任公司|有限公司|株式会社|有限会社|合同会社|合資会社|合名会社|주식회사|유한책임회사|유한회사|\((?:株|有|合|주|유)\)/g;

export const withoutAttachedForms = (name: string): string => name.normalize('NFKC').replace(ATTACHED, ' ').trim() || name;

/** The words of a name without the legal forms that it begins or ends with; what is nothing but one stays. */
export function withoutLegalForms(name: readonly string[]): string[] {
  for (let length = Math.min(LONGEST, name.length - 1); length > 0; length -= 1) {
    if (LEGAL_FORMS.has(name.slice(-length).join(' '))) return withoutLegalForms(name.slice(0, -length));
    if (mayLead(name.slice(0, length).join(' '))) return withoutLegalForms(name.slice(length));
  }
  return [...name];
}
