/*
**  message_text - reading, and converting on the way
*/
#include "message_text.h"

namespace mail {

namespace {
const size_t PIECE = 65536;      /* also the largest text that is held */
}

bool ControlText::next(size_t most, std::string *data, bool *end, Outcome *trouble)
{
    size_t before = data->size(), got = 0;
    data->resize(before + most);
    *trouble = reader_.read(&(*data)[before], most, &got);
    data->resize(before + got);
    *end = got == 0;
    return trouble->is_done();
}

/* Reads all of it once.  Parts are looked at only from the first 8-bit byte on. */
bool SevenBitText::scan(Outcome *trouble)
{
    bool end = false, any = false;
    std::string piece;
    size_t size = 0;
    scanned_ = true;
    while (!end) {
        piece.clear();
        if (!file_.next(PIECE, &piece, &end, trouble))
            return false;
        size += piece.size();
        any = any || has_eight_bit(piece.data(), piece.size());
        if (size <= PIECE)
            whole_ += piece;
    }
    held_ = size <= PIECE;
    file_.rewind();
    if (!any)
        return true;
    for (end = false; !end;) {
        piece.clear();
        if (!source(&piece, &end, trouble))
            return false;
        scan_.feed(piece.data(), piece.size());
    }
    scan_.finish();
    writer_.reset(new SevenBitWriter(scan_, label_));
    file_.rewind();
    at_ = 0;
    return true;
}

bool SevenBitText::source(std::string *piece, bool *end, Outcome *trouble)
{
    if (!held_)
        return file_.next(PIECE, piece, end, trouble);
    size_t size = whole_.size() - at_ < PIECE ? whole_.size() - at_ : PIECE;
    piece->append(whole_, at_, size);
    at_ += size;
    *end = size == 0;
    return true;
}

bool SevenBitText::next(size_t most, std::string *data, bool *end, Outcome *trouble)
{
    if (!scanned_ && !scan(trouble))
        return false;
    std::string piece;
    while (out_.size() < most && !ended_) {
        piece.clear();
        if (!source(&piece, &ended_, trouble))
            return false;
        if (writer_)
            writer_->feed(piece.data(), piece.size(), &out_);
        else
            out_ += piece;
        if (writer_ && ended_)
            writer_->finish(&out_);
    }
    size_t size = out_.size() < most ? out_.size() : most;
    data->append(out_, 0, size);
    out_.erase(0, size);
    *end = ended_ && size == 0;
    return true;
}

} // namespace mail
