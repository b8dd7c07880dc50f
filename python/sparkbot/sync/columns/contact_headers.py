"""Headers of columns with phone numbers, in the languages and exports that CRMs use."""

from __future__ import annotations

import unicodedata

#: Ranks, best first. Two columns of one rank are ambiguous; a number for WhatsApp comes before a mobile one, a mobile one before
#: one of unknown kind, and that before one of an address or an office.
_RANKS = (
    # In an export, a column such as `phone` is metadata.
    "sparkbotwid",
    "wid whatsappid whatsappwid contactwid",
    "whatsapp whatsappnumber whatsappphone whatsappphonenumber whatsappnummer numerowhatsapp numerodewhatsapp",
    """
    mobile mobilenumber mobilephone mobilephonenumber mobileno mobiletelephone cell cellphone cellnumber cellphonenumber cellular
    msisdn phonemobile mobilevalue personphonemobile contactphonemobile primarymobile primarymobilephone smsphonenumber
    handy handynummer mobil mobilnummer mobiltelefon mobiltelefonnummer mobilfunk mobilfunknummer mobilrufnummer
    celular telefonocelular numerocelular numerodecelular movil telefonomovil numeromovil telefonecelular telemovel
    portable telephoneportable telephonemobile numeroportable numerodeportable mobielnummer mobiel mobieltelefoonnummer gsm
    cellulare telefonocellulare numerocellulare komorka telefonkomorkowy ceptelefonu cep cepno matkapuhelin mobilnitelefon
    мобильный мобильныйтелефон мобильныйномер сотовый сотовыйтелефон 手机 手机号 手机号码 行動電話 携帯 携帯電話 携帯番号
    携帯電話番号 휴대폰 휴대전화 جوال الجوال رقمالجوال मोबाइल
    """,
    """
    phone phoneno phonenumber phone1 phone1value phone1number primaryphone primaryphonenumber tel telno telephone telephoneno
    telephonenumber contactnumber contactphone contactphonenumber customerphone customerphonenumber personphone phonevalue
    telefon telefonnummer telefonnr rufnummer telefono numerodetelefono numerotelefono nroditelefono numeroditelefono telefone
    numerodetelefone fone fono numerodetelephone numerotelephone telefoon telefoonnummer numertelefonu puhelin puhelinnumero
    телефон номертелефона 电话 电话号码 電話 電話番号 전화 전화번호 هاتف الهاتف رقمالهاتف फोन फ़ोन
    """,
    "billingphone billingphonenumber shippingphone shippingphonenumber defaultaddressphone addressphone deliveryphone",
    """
    businessphone workphone officephone companyphone companyphonenumber homephone otherphone assistantphone landline
    personphonework personphonehome personphoneother telefongeschaeftlich telefonprivat festnetz festnetznummer telefonofijo
    telefonefixo telephonefixe telefonofisso
    """,
)


def _normalize(header: str) -> str:
    decomposed = unicodedata.normalize("NFKD", header.casefold())
    return "".join(character for character in decomposed if character.isalnum())


_RANK_OF = {_normalize(name): rank for rank, names in enumerate(_RANKS) for name in names.split()}


def rank(header: str) -> int | None:
    """The rank of a header, 0 for the best; None if it is not that of a phone column. Case, accents and marks are ignored."""
    return _RANK_OF.get(_normalize(header))
