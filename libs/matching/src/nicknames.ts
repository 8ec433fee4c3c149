/** Given names that stand for each other; English, German, French, Spanish. Each line: the forms of one name. */
const GROUPS = `
abigail abby gail
albert al bert albie
alexander alex alec sandy sasha xander alejandro
alexandra alex sandra sasha lexi
alfred fred alfie al
amanda mandy
andrew andy drew andreas andre
anthony tony antonio anton toni
antonia toni
barbara barb babs barbie
benjamin ben benny benji
bernard bernie bernd bernhard
catherine cathy kate katie katherine kathryn kathy kat katharina cat kathleen catalina
charles charlie chuck chas karl carlos
charlotte lottie charlie lotte
christian chris
christina chris tina christine chrissy kristin kirsten
christopher chris kit christoph topher
cynthia cindy
daniel dan danny
deborah debbie deb debra
david dave davy
donald don donny
dorothy dot dottie dolly dora
edward ed eddie ted teddy ned eduard
eleanor ellie nell nora elena
elizabeth liz lizzie beth betty eliza elisabeth lisa betsy libby elise elsa lisbeth
emily em emmy emma
eugene gene
florence flo flossie
francis frank fran francisco paco
franz frank
frederick fred freddie friedrich fritz rick
gabriel gabe
gabriella gabi gabriele ella
george georgie georg jorge
gerald gerry jerry gerhard
gregory greg gregor
harold harry hal
henry harry hank heinrich heinz hal henri
isabella bella isabel izzy isabelle
jacob jake jakob
jacqueline jackie
james jim jimmy jamie jaime
jennifer jen jenny
jessica jess jessie
joanna jo joan joanne johanna hanna
john jack johnny jon johann johannes hans juan jean
jonathan jon jonny john
joseph joe joey josef jose pepe sepp
joshua josh
judith judy
julia julie
kenneth ken kenny
kimberly kim
lawrence larry lars lorenz laurence
leonard leo len lenny leonardo
leopold leo poldi
louis lou louie luis ludwig lewis
louise lou
lucy lucille lucia luz
madeline maddie maddy madeleine
margaret maggie meg peggy greta marge margarete margarita rita daisy gretchen
martha marty
martin marty
mary maria marie molly polly mamie
matthew matt matty matthias matteo
maximilian max maximiliano
maxwell max
melissa mel missy
michael mike mick mickey micky michel miguel mitch
natalie nat natasha
nathaniel nate nat nathan
nicholas nick nicky klaus nikolaus nicolas nico claus
oliver ollie
olivia liv livvy
pamela pam
patricia pat patty trish tricia patti
patrick pat paddy patricio
paul pablo
peter pete petra pedro pierre
philip phil pip philipp felipe
rachel rae
raymond ray
rebecca becky becca bec
richard rick dick rich ricky richie ricardo
robert rob bob bobby robbie bert roberto
roger rodge
ronald ron ronnie
rosemary rosie rose
rudolf rudi rolf
samantha sam sammy
samuel sam sammy
sarah sally sadie sara
sebastian seb basti bastian
stephanie steph steffi
stephen steve steven stefan stephan stevie esteban
susan sue susie suzanne suzy susanne
theodore ted teddy theo theodor
theresa terry tess tessa teresa resi
thomas tom tommy tomas
timothy tim timmy
ulrich uli
valerie val
veronica ronnie vera
victor vic viktor
victoria vicky tori vic
vincent vince vinny
virginia ginny
walter walt wally
wilhelm willi willy william
william will bill billy willie liam
wolfgang wolf
zachary zach zack
`;

const groupsOf = new Map<string, Set<number>>();
GROUPS.trim().split('\n').forEach((line, group) => {
  for (const name of line.split(' ')) groupsOf.set(name, (groupsOf.get(name) ?? new Set()).add(group));
});

/** Whether two folded given names may be the same person's: Bob and Robert. */
export function areNicknames(a: string, b: string): boolean {
  const groups = groupsOf.get(b);
  return groups !== undefined && [...(groupsOf.get(a) ?? [])].some((group) => groups.has(group));
}
