/* Words that say nothing about what is looked for, in the six languages that readers type. */

const LISTS = {
  en: `a about after all also am an and any are as at be because been before but by can could did do does doing don during each even every for from
    get got help know had has have having he her here his how i if in into is isn it its just let like make many may me might more most much must my need no
    not of off on one only or other our out over own please really s same shall she should so some such t tell than that the their them then
    there these they this those through to too up us very want was wasn we were what when where which while who whom whose why will with would you your
    aren arent cannot cant couldn couldnt didn didnt doesn doesnt dont hasn hasnt haven havent isnt ll re shouldn shouldnt ve wasnt won wont wouldn wouldnt`,
  da: `af alle at bare blev blive bliver da de dem den der deres det dig din disse dog du efter eller en end er et for fra få får gør ham han har hun hvad
    hvem hvilke hvilken hvis hvor hvordan hvorfor i ikke ind ingen jeg jer kan kun man med meget mellem men mig min mod må når nej nogen noget nu og også om op os
    over på sig sin skal som så til ud uden under var ved vi vil være vores`,
  de: `ab aber alle als also am an ans auch auf aus bei beim bin bis da damit dann das dass dein dem den denn der des die dies diese dieser doch dort du durch
    ein eine einem einen einer eines er es etwas für gegen gibt haben hat hier ich ihr ihre im in ins ist ja kann kein keine keinen können man mehr mein mit muss müssen nach
    nicht nichts noch nur ob oder ohne schon sehr sein seine sich sie sind so soll sollte sonst über um und uns unser unsere unserem unseren unserer unter viel vom von
    vor wann warum was wegen weil welche welcher welches wenn wer werden wie wir wird wo wollen zu zum zur zwischen`,
  nb: `alle av bare ble bli blir da de dem den der deres det disse du eller en enn er et etter for fra får gjør ha han har hun hva hvem hvilke hvilken hvis hvor
    hvordan hvorfor i ikke ingen inn jeg kan man med meg mellom men min mot må når ned nei noe noen nå og også om opp oss over på seg sin skal som så til
    ut uten under var ved vi vil være vår våre`,
  nl: `aan al alle als bij dan dat de den der deze die dit door dus een en er geen had heb hebben heeft het hij hoe hun iets ik in is ja je kan kunnen maar
    meer men met mij mijn moet moeten na naar niet niets nog nu of om omdat onder ons onze ook op over te tegen toch tot tussen uit van veel voor waar waarom wanneer wat
    we wel welke werd wie wij wil willen wordt zal ze zich zij zijn zo zonder zou`,
  sv: `alla att av bara blev bli blir de dem den denna deras dess dessa det dig din du efter eller en ett från få får för göra gör ha han har hon hos hur här i in inga ingen inte jag
    kan man med mellan men mig min mot mycket måste nej ni nu någon något när och också om oss på sig sin ska som så till under upp ut utan vad var varför vi vid vilka
    vilken vill vår våra är över`,
}

import { parts } from "./words.js"

const SILENT = new Set(Object.values(LISTS).flatMap(parts))

/** Whether a word, as parts() gives it, says nothing about what is looked for. */
export function isSilent(word) {
  return SILENT.has(word)
}
