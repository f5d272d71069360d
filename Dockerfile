# The official image, plus what our documents and dossiers need.
FROM odoo:19.0

USER root
# Pango lays out the PDF documents; DejaVu is their font. LibreOffice makes pages of the
# office documents of a meeting (104 MB: drop it where nobody holds meetings).
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fonts-dejavu-core libharfbuzz-subset0 libpangoft2-1.0-0 \
        libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui \
    && rm -rf /var/lib/apt/lists/*
COPY requirements.txt /tmp/
# Odoo's Python belongs to apt in this image, hence the flag; Odoo's own libraries
# (first block of requirements.txt) are already there and stay as the image has them.
RUN sed -n '/^# Beyond/,$p' /tmp/requirements.txt > /tmp/ours.txt \
    && pip3 install --no-cache-dir --break-system-packages -r /tmp/ours.txt \
        qrcode phonenumbers \
    && rm /tmp/requirements.txt /tmp/ours.txt
USER odoo
