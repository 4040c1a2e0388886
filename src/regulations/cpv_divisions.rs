//! The 45 divisions of CPV 2008, named in bokmål, nynorsk and English.
use super::cpv::Division;

/// The divisions, by number.
///
/// Source: the code list `cpv` of DFØ's eforms-sdk-nor and OP-TED's eForms SDK 1.15.1, read 2026-11-21, CC BY 4.0; legal
/// basis forordning (EF) no. 213/2008, in force since 15 September 2008. Changed here: 26 of the names in bokmål, where
/// the source slips (*Reperasjons-*, *Maskineri til mining*) or cannot be understood (*Offentlige ytelser* for public
/// utilities), and the spelling of four in English. The nynorsk is ours: no official one was found.
pub static DIVISIONS: [Division; 45] = [
    Division {
        number: "03",
        nb: "Landbruk, gårdsbruk, fiske, skogbruk og relaterte produkter",
        nn: "Landbruk, gardsbruk, fiske, skogbruk og relaterte produkt",
        en: "Agricultural, farming, fishing, forestry and related products",
    },
    Division {
        number: "09",
        nb: "Oljeprodukter, brensel, elektrisitet og andre energikilder",
        nn: "Oljeprodukt, brensel, elektrisitet og andre energikjelder",
        en: "Petroleum products, fuel, electricity and other sources of energy",
    },
    Division {
        number: "14",
        nb: "Gruvedrift, grunnmetaller og relaterte produkter",
        nn: "Gruvedrift, grunnmetall og relaterte produkt",
        en: "Mining, basic metals and related products",
    },
    Division {
        number: "15",
        nb: "Næringsmidler, drikkevarer, tobakk og relaterte produkter",
        nn: "Næringsmiddel, drikkevarer, tobakk og relaterte produkt",
        en: "Food, beverages, tobacco and related products",
    },
    Division { number: "16", nb: "Landbruksmaskiner", nn: "Landbruksmaskiner", en: "Agricultural machinery" },
    Division {
        number: "18",
        nb: "Klær, fottøy, bagasjeartikler og tilbehør",
        nn: "Klede, fottøy, bagasjeartiklar og tilbehøyr",
        en: "Clothing, footwear, luggage articles and accessories",
    },
    Division {
        number: "19",
        nb: "Lær og tekstilstoffer, plast- og gummimaterialer",
        nn: "Lêr og tekstilstoff, plast- og gummimateriale",
        en: "Leather and textile fabrics, plastic and rubber materials",
    },
    Division {
        number: "22",
        nb: "Trykksaker og relaterte produkter",
        nn: "Trykksaker og relaterte produkt",
        en: "Printed matter and related products",
    },
    Division { number: "24", nb: "Kjemiske produkter", nn: "Kjemiske produkt", en: "Chemical products" },
    Division {
        number: "30",
        nb: "Kontor- og PC-maskineri, utstyr og forsyninger bortsett fra møbler og programvarepakker",
        nn: "Kontor- og PC-maskineri, utstyr og rekvisita, utanom møblar og programvarepakkar",
        en: "Office and computing machinery, equipment and supplies except furniture and software packages",
    },
    Division {
        number: "31",
        nb: "Elektrisk maskineri, apparater, utstyr og forbruksvarer; belysning",
        nn: "Elektrisk maskineri, apparat, utstyr og forbruksvarer; lys",
        en: "Electrical machinery, apparatus, equipment and consumables; lighting",
    },
    Division {
        number: "32",
        nb: "Radio-, fjernsyns- og telekommunikasjonsutstyr samt tilhørende utstyr",
        nn: "Radio-, fjernsyns- og telekommunikasjonsutstyr og tilhøyrande utstyr",
        en: "Radio, television, communication, telecommunication and related equipment",
    },
    Division {
        number: "33",
        nb: "Medisinsk utstyr, legemidler og utstyr til personlig pleie",
        nn: "Medisinsk utstyr, lækjemiddel og produkt til personleg pleie",
        en: "Medical equipment, pharmaceuticals and personal care products",
    },
    Division {
        number: "34",
        nb: "Transportutstyr og hjelpeprodukter til transport",
        nn: "Transportutstyr og hjelpeprodukt til transport",
        en: "Transport equipment and auxiliary products to transportation",
    },
    Division {
        number: "35",
        nb: "Sikkerhets-, brannsluknings-, politi- og forsvarsutstyr",
        nn: "Tryggleiks-, brannsløkkings-, politi- og forsvarsutstyr",
        en: "Security, fire-fighting, police and defence equipment",
    },
    Division {
        number: "37",
        nb: "Musikkinstrumenter, sportsvarer, spill, leker, kunsthåndverk- og kunstnerartikler, tilbehør",
        nn: "Musikkinstrument, sportsvarer, spel, leiker, kunsthandverks- og kunstnarartiklar, tilbehøyr",
        en: "Musical instruments, sport goods, games, toys, handicraft, art materials and accessories",
    },
    Division {
        number: "38",
        nb: "Laboratorieutstyr, optisk utstyr og presisjonsutstyr (bortsett fra briller)",
        nn: "Laboratorieutstyr, optisk utstyr og presisjonsutstyr (utanom briller)",
        en: "Laboratory, optical and precision equipment (excl. glasses)",
    },
    Division {
        number: "39",
        nb: "Møbler (inkludert kontormøbler), inventar, husholdningsmaskiner (unntatt belysning) og rengjøringsmidler",
        nn: "Møblar (medrekna kontormøblar), inventar, hushaldsmaskiner (utanom lys) og reingjeringsmiddel",
        en: "Furniture (incl. office furniture), furnishings, domestic appliances (excl. lighting) and cleaning products",
    },
    Division {
        number: "41",
        nb: "Oppsamlet og renset vann",
        nn: "Oppsamla og reinsa vatn",
        en: "Collected and purified water",
    },
    Division { number: "42", nb: "Industrimaskiner", nn: "Industrimaskiner", en: "Industrial machinery" },
    Division {
        number: "43",
        nb: "Maskineri til gruvedrift og steinbryting, anleggsutstyr",
        nn: "Maskineri til gruvedrift og steinbryting, anleggsutstyr",
        en: "Machinery for mining, quarrying, construction equipment",
    },
    Division {
        number: "44",
        nb: "Byggekonstruksjoner og byggematerialer; hjelpeprodukter til bygg (bortsett fra elektriske apparater)",
        nn: "Byggjekonstruksjonar og byggjemateriale; hjelpeprodukt til bygg (utanom elektriske apparat)",
        en: "Construction structures and materials; auxiliary products to construction (except electric apparatus)",
    },
    Division {
        number: "45",
        nb: "Bygge- og anleggsvirksomhet",
        nn: "Byggje- og anleggsverksemd",
        en: "Construction work",
    },
    Division {
        number: "48",
        nb: "Programvare og informasjonssystemer",
        nn: "Programvare og informasjonssystem",
        en: "Software package and information systems",
    },
    Division {
        number: "50",
        nb: "Reparasjons- og vedlikeholdstjenester",
        nn: "Reparasjons- og vedlikehaldstenester",
        en: "Repair and maintenance services",
    },
    Division {
        number: "51",
        nb: "Installasjonstjenester (bortsett fra programvare)",
        nn: "Installasjonstenester (utanom programvare)",
        en: "Installation services (except software)",
    },
    Division {
        number: "55",
        nb: "Tjenester innen hotell- og restaurantvirksomhet og detaljhandel",
        nn: "Tenester innan hotell- og restaurantverksemd og detaljhandel",
        en: "Hotel, restaurant and retail trade services",
    },
    Division {
        number: "60",
        nb: "Transporttjenester (bortsett fra avfallstransport)",
        nn: "Transporttenester (utanom avfallstransport)",
        en: "Transport services (excl. waste transport)",
    },
    Division {
        number: "63",
        nb: "Hjelpevirksomhet i forbindelse med transport; reisebyråvirksomhet",
        nn: "Hjelpeverksemd i samband med transport; reisebyråverksemd",
        en: "Supporting and auxiliary transport services; travel agencies services",
    },
    Division {
        number: "64",
        nb: "Post- og telekommunikasjonstjenester",
        nn: "Post- og telekommunikasjonstenester",
        en: "Postal and telecommunications services",
    },
    Division {
        number: "65",
        nb: "Offentlige forsyningstjenester",
        nn: "Offentlege forsyningstenester",
        en: "Public utilities",
    },
    Division {
        number: "66",
        nb: "Finans- og forsikringstjenester",
        nn: "Finans- og forsikringstenester",
        en: "Financial and insurance services",
    },
    Division {
        number: "70",
        nb: "Virksomhet i forbindelse med fast eiendom",
        nn: "Verksemd i samband med fast eigedom",
        en: "Real estate services",
    },
    Division {
        number: "71",
        nb: "Arkitekt-, bygge-, ingeniør- og inspeksjonstjenester",
        nn: "Arkitekt-, byggje-, ingeniør- og inspeksjonstenester",
        en: "Architectural, construction, engineering and inspection services",
    },
    Division {
        number: "72",
        nb: "Datatjenester: rådgivning, programvareutvikling, internett og systemstøtte",
        nn: "Datatenester: rådgjeving, programvareutvikling, internett og systemstøtte",
        en: "IT services: consulting, software development, internet and support",
    },
    Division {
        number: "73",
        nb: "Forskning og utvikling og tilhørende konsulenttjenester",
        nn: "Forsking og utvikling og tilhøyrande konsulenttenester",
        en: "Research and development services and related consultancy services",
    },
    Division {
        number: "75",
        nb: "Offentlig administrasjon, forsvars- og trygdetjenester",
        nn: "Offentleg administrasjon, forsvars- og trygdetenester",
        en: "Administration, defence and social security services",
    },
    Division {
        number: "76",
        nb: "Tjenester i forbindelse med olje- og gassindustrien",
        nn: "Tenester i samband med olje- og gassindustrien",
        en: "Services related to the oil and gas industry",
    },
    Division {
        number: "77",
        nb: "Landbruks-, skogbruks-, hagebruks-, akvakultur- og biavlstjenester",
        nn: "Landbruks-, skogbruks-, hagebruks-, akvakultur- og birøkttenester",
        en: "Agricultural, forestry, horticultural, aquacultural and apicultural services",
    },
    Division {
        number: "79",
        nb: "Forretningstjenester: lov, reklame, rådgivning, ansettelse, trykking og sikkerhet",
        nn: "Forretningstenester: jus, reklame, rådgjeving, tilsetjing, trykking og tryggleik",
        en: "Business services: law, marketing, consulting, recruitment, printing and security",
    },
    Division {
        number: "80",
        nb: "Tjenester i forbindelse med opplæring og utdanning",
        nn: "Tenester i samband med opplæring og utdanning",
        en: "Education and training services",
    },
    Division {
        number: "85",
        nb: "Helse- og sosialtjenester",
        nn: "Helse- og sosialtenester",
        en: "Health and social work services",
    },
    Division {
        number: "90",
        nb: "Avløps-, renovasjons-, rengjørings- og miljøtjenester",
        nn: "Avlaups-, renovasjons-, reingjerings- og miljøtenester",
        en: "Sewage, refuse, cleaning and environmental services",
    },
    Division {
        number: "92",
        nb: "Fritid, kultur og sport",
        nn: "Fritid, kultur og sport",
        en: "Recreational, cultural and sporting services",
    },
    Division {
        number: "98",
        nb: "Andre kommunale, sosiale og personlige tjenester",
        nn: "Andre kommunale, sosiale og personlege tenester",
        en: "Other community, social and personal services",
    },
];
