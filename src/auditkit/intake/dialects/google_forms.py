"""Google Forms: the time of sending first, then the questions by their words; the address where it is collected."""

from __future__ import annotations

from auditkit.intake.dialects.dialect import Dialect, headers

GOOGLE_FORMS = Dialect(
    "Google Forms",
    (
        headers("Timestamp"),
        headers("Отметка времени"),
        headers("Sygnatura czasowa"),
        headers("Marcaj de timp"),
        headers("Уақыт белгісі"),
    ),
    handed_in=("timestamp", "отметка времени", "sygnatura czasowa", "marcaj de timp", "уақыт белгісі"),
    personal=(
        "email address",
        "адрес электронной почты",
        "adres e-mail",
        "nazwa użytkownika",
        "adresă de e-mail",
        "username",
        "имя пользователя",
        "электрондық пошта мекенжайы",
    ),
    final=("score", "баллы", "wynik", "scor"),
)
