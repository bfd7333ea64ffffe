/* Words that say nothing about what is looked for, in the six languages that readers type. */

const LISTS = {
  en: `a able about across actually after again against ago all almost along already also always am an and another any anybody anyone anything anyway are
    aren arent around as at barely be because become becomes been before behind between bit both but by came can cannot cant come comes coming could
    couldn couldnt did didn didnt do does doesn doesnt doing don dont during each either else enough even ever every everybody everyone everything far
    feel feels few for from get give given gives go goes going gone got had hardly has hasn hasnt have haven havent having he help her here herself
    himself his how hows i id if im in into is isn isnt it its ive just keep keeps kept kind know later let lets like little ll look looking looks lot
    lots make many may maybe me might more most much must my myself need neither never no nor not nothing of off often on once one only or other our
    ourselves out over own perhaps please put quite rather re really s said same say says see seem seems seen sees shall she should shouldn shouldnt since
    so some somebody someone something sometimes soon sort still such sure t take taken takes tell than that thats the their them themselves then there
    these they theyre thing things think thinks this those thought through to today tomorrow too took toward towards twice until up upon us usually ve
    very want was wasn wasnt we went were what whats when where whether which while who whom whos whose why will with within won wont would wouldn wouldnt
    wouldve yesterday yet you your youre yourself`,
  da: `af aldrig alle alligevel alt altid altså anden andet andre at bare bedre blev blive bliver da de dem den denne der deres det dette dig din disse dit
    dog du dårlig dårligt efter egen eget eller en end er et for fra få fået får gik god gode godt gå går gør gøre ham han hans har havde heller helt
    hende hendes her hos hun hvad hvem hvilke hvilken hvis hvor hvordan hvorfor hvorfra i ikke ind ingen ingenting intet ja jeg jer jo kan kom komme
    kommer kun kunne lidt lige man mange med meget mellem men mere mest mig min mine mit mod må måske nej nogen noget nogle nu når næsten og også om op os
    over på ret samme sammen se selv sidder sig siger sin sit skal skulle som stadig stor store synes så tage tager til tit tog ud uden under var ved vi
    vil ville vores være været`,
  de: `ab aber alle alles als also am an anders ans auch auf aus bald bei beide beim besser bin bis bisher bitte da damit dann das dass dein dem den denen
    denn der derselbe des die dies diese dieser doch dort du durch eben eigentlich ein eine einem einen einer eines einfach einige einmal endlich er erst
    es etwa etwas euch fast für ganz gar gegen gehen geht genug gerade gern gibt gut gute guten haben hat hatte hatten hier hin ich ihr ihre im immer in
    ins irgendwie ist ja je jede jeder jedes jemand jetzt kann kein keine keinen kommen kommt können lassen leider lieber machen macht mal man manchmal
    mehr mehrere mein meine meinem meinen mit muss möchte mögen müssen nach nicht nichts nie niemals niemand nirgends noch nur ob oder oft ohne paar
    schlecht schon sehen sehr sein seine seit selbst sich sie sind so soll sollte sondern sonst tun um ums und uns unser unsere unserem unseren unserer
    unter viel viele vielleicht voll vom von vor wann war waren warum was weg wegen weil welche welcher welches wenig weniger wenn wer werden wie wieder
    wir wird wirklich wissen wo wohl wollen wurde wäre würde zu zum zur zusammen zwar zwischen über`,
  nb: `aldri alle alltid alt andre annen annet av bare bedre ble bli blir burde da de dem den der deres det dette din disse du dårlig egen eget eller en enn
    er et etter for fortsatt fra får fått ganske gikk gjør gjøre god gode godt gå går ha hadde han hans har heller helt her hos hun hva hvem hvilke
    hvilken hvis hvor hvordan hvorfor hvorfra i ikke ingen ingenting inn intet ja jeg jo kan kanskje kom komme kommer kunne like likevel litt man mange
    med meg mellom men mer mest min mine mitt mot må ned nei nesten noe noen nå når ofte og også om opp oss over på samme sammen se seg selv sier sin sitt
    skal skulle som stor store synes så ta tar til tok under ut uten var ved vi vil ville vår våre vårt være vært`,
  nl: `aan al alle alles als altijd ander andere beetje beter bij bijna daar daarom dan dat de deed den der deze die dit doen doet door dus echt een eens
    eerst eigen elk elke en er erg ergens even gaan gaat geen gewoon ging goed goede haar had heb hebben heeft heel hem het hier hij hoe hoeveel hun
    iedereen iemand iets ik in is ja je jullie kan kom komen komt krijg krijgen kunnen laat laten liever maakt maar mag maken mee meer meest men met mij
    mijn mijne misschien moet moeten mogen na naar niemand niet niets nodig nog nooit nou nu of om omdat onder ons onze ooit ook op opeens over paar per
    samen slecht soms staat steeds te tegen toch toen tot tussen uit uw vaak van veel vele voor waar waarom wanneer waren was wat we weer weet weinig wel
    welke werd weten wie wij wil wilde willen worden wordt zal ze zeer zelf zich zien ziet zij zijn zo zoals zonder zou zulke`,
  sv: `aldrig alla allt alltid andra annan annat att av bara blev bli blir bra bättre de dem den denna deras dess dessa det dig din dock du då dålig efter
    egen eget eller en er era ert ett från få får fått för gick god gott gå går gör göra ha hade han har hela heller helt henne hon hos hur här i ibland
    in inga ingen ingenting inget inte ja jag ju kan kanske kom komma kommer kunde känns lite litet länge lär man med mellan men mer mest mig min mina
    mitt mot mycket många måste nej ni nu när nästan någon någonting något några och också ofta om oss på samma se sen ser sig sin sitt själv ska skulle
    som stor stora säger så ta tar till tillsammans tog tycker tänka under upp ut utan vad var varför varit vart velat vi vid vilka vilken vill ville vår
    våra är åt över`,
}

import { parts } from "./words.js"

const BY_LANGUAGE = new Map(Object.entries(LISTS).map(([language, list]) => [language, new Set(parts(list))]))
const SILENT = new Set([...BY_LANGUAGE.values()].flatMap((list) => [...list]))

/** Whether a word, as parts() gives it, says nothing about what is looked for. */
export function isSilent(word) {
  return SILENT.has(word)
}

/**
 * The languages that a question may be in, by the words in it that say nothing else.
 * @param {string[]} all the words of the question, as parts() gives them
 * @returns {Set<string>} those with the most such words; none if there are no such words
 */
export function languagesOf(all) {
  const counts = [...BY_LANGUAGE].map(([language, list]) => [language, all.filter((word) => list.has(word)).length])
  const most = Math.max(...counts.map(([, count]) => count))
  return new Set(most ? counts.filter(([, count]) => count === most).map(([language]) => language) : [])
}
